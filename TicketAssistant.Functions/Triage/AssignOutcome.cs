using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Triage;

/// <summary>What came of looking for an assignee.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AssignOutcome>))]
public enum AssignOutcome
{
    /// <summary>Somebody has the ticket, and is to be told unless they have been.</summary>
    Assigned,

    /// <summary>Nobody can take it now; the hand-out will try again.</summary>
    Waiting,

    /// <summary>There is nothing to assign: the ticket is gone or done.</summary>
    Obsolete,

    /// <summary>A later triage leaves the ticket with whoever has it. No longer reported, but in the histories of older orchestrations.</summary>
    Kept,
}
