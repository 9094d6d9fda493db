using System.Text.Json;
using System.Text.Json.Serialization;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>
/// One run of the orchestrator's code: what it was told, what it decided. Stored as one row, so that a step costs one append.
/// </summary>
/// <param name="At">The time that the code sees as now, in every replay.</param>
/// <param name="Inputs">What had happened, in order of delivery.</param>
/// <param name="Decisions">What the code asked for, in order.</param>
internal sealed record Turn(DateTime At, IReadOnlyList<HistoryEvent> Inputs, IReadOnlyList<Decision> Decisions)
{
    /// <summary>
    /// Waits for events that began in this turn and outlasted it, and earlier ones that ended in it; null where there are none.
    /// Only for who looks at a run: the history that the real engine keeps has no such thing, and replay does not look at it.
    /// </summary>
    public IReadOnlyList<EventWait>? Waits { get; init; }

    /// <summary>
    /// The turn's span, as <see cref="TraceText"/>: the parent of what it decided, after a restart too. Null where nobody listened.
    /// </summary>
    public string? Trace { get; init; }

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, HistoryJson.Default.Turn);

    public static Turn FromJson(string json) => JsonSerializer.Deserialize(json, HistoryJson.Default.Turn)
        ?? throw new InvalidDataException("A stored turn is empty.");
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Turn))]
[JsonSerializable(typeof(HistoryEvent))]
[JsonSerializable(typeof(Failure))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class HistoryJson : JsonSerializerContext;
