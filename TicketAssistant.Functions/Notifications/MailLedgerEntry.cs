using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Notifications;

/// <summary>One owed mail.</summary>
/// <param name="Key">What makes it unique.</param>
/// <param name="MessageId">The Message-ID that every attempt carries, without angle brackets.</param>
/// <param name="Attempts">How often sending was begun.</param>
/// <param name="OwedAt">When it was first owed (UTC).</param>
/// <param name="SentAt">When it went out (UTC); null while it has not.</param>
/// <param name="SendingUntil">Until when somebody holds the right to send it; null when nobody does.</param>
/// <param name="LastError">Why the last attempt failed, or why it is closed; null for neither.</param>
/// <param name="ClosedAs">Why it is not owed any more although it was not sent; null while that is not so.</param>
public sealed record MailLedgerEntry(
    MailKey Key,
    string MessageId,
    int Attempts,
    DateTimeOffset OwedAt,
    DateTimeOffset? SentAt,
    DateTimeOffset? SendingUntil,
    string? LastError,
    MailClosure? ClosedAs = null)
{
    /// <summary>What has become of it.</summary>
    [JsonIgnore]
    public MailState State => (SentAt, ClosedAs) switch
    {
        (not null, _) => MailState.Sent,
        (_, MailClosure.Failed) => MailState.Failed,
        (_, MailClosure.Suppressed) => MailState.Suppressed,
        _ => MailState.Owed,
    };
}
