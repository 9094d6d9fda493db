using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Accounts;

/// <summary>Body of PATCH /api/auth/me. What is left out or null stays as it is, but for the end of being away, where null says something.</summary>
/// <param name="Name">1 to 100 characters.</param>
/// <param name="Password">The new password, 8 to 72 bytes in UTF-8; ends every log-in of this account but the one that the reply begins.</param>
/// <param name="OldPassword">The present password; needed with a new one.</param>
/// <param name="Away">Whether to be passed over when tickets are assigned; false also forgets when that was to end.</param>
/// <param name="AwayUntil">When being away ends by itself, at most two years from now; alone it means away. Null: only when somebody says so.</param>
/// <param name="Mails">Which mails about tickets are wanted; those about the account always come.</param>
public sealed record UpdateMeRequest(
    string? Name = null,
    string? Password = null,
    string? OldPassword = null,
    bool? Away = null,
    OptionalValue<DateTimeOffset?> AwayUntil = default,
    MailPreference? Mails = null);
