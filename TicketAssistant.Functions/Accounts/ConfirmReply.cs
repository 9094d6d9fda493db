namespace TicketAssistant.Functions.Accounts;

/// <summary>Reply of POST /api/auth/confirm. Says no more than who has the mail knows: they need not be logged in.</summary>
/// <param name="Email">The address that is now confirmed.</param>
public sealed record ConfirmReply(string Email);
