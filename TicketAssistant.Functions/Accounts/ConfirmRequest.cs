namespace TicketAssistant.Functions.Accounts;

/// <summary>Body of POST /api/auth/confirm.</summary>
/// <param name="Token">The token of the link in the mail.</param>
public sealed record ConfirmRequest(string Token);
