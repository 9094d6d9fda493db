namespace TicketAssistant.Functions.Accounts;

/// <summary>Body of POST /api/auth/reset.</summary>
/// <param name="Token">The token of the link in the mail.</param>
/// <param name="Password">The new password, 8 to 72 bytes in UTF-8.</param>
public sealed record ResetRequest(string Token, string Password);
