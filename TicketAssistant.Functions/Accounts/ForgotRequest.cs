namespace TicketAssistant.Functions.Accounts;

/// <summary>Body of POST /api/auth/forgot.</summary>
/// <param name="Email">The account's address, in any case.</param>
public sealed record ForgotRequest(string Email);
