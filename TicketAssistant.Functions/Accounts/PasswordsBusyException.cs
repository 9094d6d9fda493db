namespace TicketAssistant.Functions.Accounts;

/// <summary>So many passwords wait to be hashed that another would wait too long; try again in some seconds.</summary>
internal sealed class PasswordsBusyException() : Exception("Too many passwords wait to be hashed.");
