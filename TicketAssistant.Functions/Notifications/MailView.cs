using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Notifications;

/// <summary>A mail of the ledger as the API shows it.</summary>
/// <param name="Id">For POST /api/mails/{id}/retry.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="TicketId">What it is about; absent for mails about the account.</param>
/// <param name="Recipient">The user's id.</param>
/// <param name="Email">The user's address as it is now; absent where the account is gone.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Attempts">How often sending was begun.</param>
/// <param name="OwedAt">Since when it is owed.</param>
/// <param name="SentAt">When it went out; null while it has not.</param>
/// <param name="Reason">Why the last attempt failed, or why it is not to be sent; null for neither.</param>
public sealed record MailView(
    string Id,
    MailKind Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? TicketId,
    Guid Recipient,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Email,
    MailState State,
    int Attempts,
    DateTimeOffset OwedAt,
    DateTimeOffset? SentAt,
    string? Reason)
{
    /// <summary>The ledger's row as the API shows it.</summary>
    public static MailView Of(MailLedgerEntry entry, string? email) => new(
        entry.Key.Id,
        entry.Key.Kind,
        entry.Key.TicketId == Guid.Empty ? null : entry.Key.TicketId,
        entry.Key.RecipientId,
        email,
        entry.State,
        entry.Attempts,
        entry.OwedAt,
        entry.SentAt,
        entry.State == MailState.Sent ? null : entry.LastError);
}
