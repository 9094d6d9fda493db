namespace TicketAssistant.Functions.Accounts;

/// <summary>Body of POST /api/auth/login.</summary>
/// <param name="Email">The account's address, in any case.</param>
/// <param name="Password">Its password.</param>
public sealed record LoginRequest(string Email, string Password);
