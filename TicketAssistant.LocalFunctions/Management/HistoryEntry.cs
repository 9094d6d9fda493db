using System.Text.Json;
using System.Text.Json.Serialization;

namespace TicketAssistant.LocalFunctions.Management;

/// <summary>
/// One line of an instance's history as the real API writes it: PascalCase, and only what the kind of event has. Times are
/// those of turns: what happened is dated by the turn that told the orchestrator of it.
/// </summary>
internal sealed record HistoryEntry(
    [property: JsonPropertyName("EventType")] string EventType,
    [property: JsonPropertyName("Timestamp")] DateTime Timestamp)
{
    /// <summary>The orchestrator, activity or sub-orchestrator.</summary>
    [JsonPropertyName("FunctionName"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FunctionName { get; init; }

    /// <summary>The event's name.</summary>
    [JsonPropertyName("Name"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>The other instance: of a sub-orchestration, or the one that was told.</summary>
    [JsonPropertyName("InstanceId"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? InstanceId { get; init; }

    /// <summary>When the orchestrator asked for what has now come.</summary>
    [JsonPropertyName("ScheduledTime"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? ScheduledTime { get; init; }

    /// <summary>What a timer was set to.</summary>
    [JsonPropertyName("FireAt"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? FireAt { get; init; }

    /// <summary>How the instance ended.</summary>
    [JsonPropertyName("OrchestrationStatus"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? OrchestrationStatus { get; init; }

    /// <summary>What went in; only with <c>showInput</c>.</summary>
    [JsonPropertyName("Input"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Input { get; init; }

    /// <summary>What came out; only with <c>showHistoryOutput</c>.</summary>
    [JsonPropertyName("Result"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Result { get; init; }

    /// <summary>Why: the message of a failure, or what somebody gave as the reason.</summary>
    [JsonPropertyName("Reason"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }
}
