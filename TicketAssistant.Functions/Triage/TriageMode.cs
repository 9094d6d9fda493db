using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Triage;

/// <summary>Whether an analysis counts by itself.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TriageMode>))]
public enum TriageMode
{
    /// <summary>It counts at once; people correct it afterwards.</summary>
    Autonomous,

    /// <summary>It is a proposal: where it is not sure enough, it waits for a person, within a time limit.</summary>
    Supervised,
}
