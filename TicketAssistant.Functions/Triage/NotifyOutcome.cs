using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Triage;

/// <summary>What came of telling the assignee.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NotifyOutcome>))]
public enum NotifyOutcome
{
    /// <summary>The mail went out, now or before.</summary>
    Sent,

    /// <summary>The address does not take mail; the ledger keeps the reason and the mail stays owed.</summary>
    Undeliverable,

    /// <summary>There is nobody to tell: the ticket is gone or has no assignee any more.</summary>
    Obsolete,
}
