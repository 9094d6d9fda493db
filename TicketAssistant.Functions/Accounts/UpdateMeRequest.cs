namespace TicketAssistant.Functions.Accounts;

/// <summary>Body of PATCH /api/auth/me. What is left out or null stays as it is.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Password">The new password, 8 to 72 bytes in UTF-8; ends every log-in of this account but the one that the reply begins.</param>
/// <param name="OldPassword">The present password; needed with a new one.</param>
/// <param name="Away">Whether to be passed over when tickets are assigned.</param>
public sealed record UpdateMeRequest(string? Name = null, string? Password = null, string? OldPassword = null, bool? Away = null);
