using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Triage;

/// <summary>How an attempt to analyse a ticket ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnalyzeOutcome>))]
public enum AnalyzeOutcome
{
    /// <summary>The analysis is stored on the ticket.</summary>
    Saved,

    /// <summary>It may work later.</summary>
    Retry,

    /// <summary>It will not work for this ticket.</summary>
    Refused,

    /// <summary>The model was not asked, because as many tickets as may are with it already. May work shortly, and is no attempt.</summary>
    Busy,
}
