using OpenTelemetry;
using OpenTelemetry.Logs;

namespace TicketAssistant.Functions.Telemetry;

/// <summary>
/// Lets only what cannot hold a ticket's text or an address out with log lines: the line's template, numbers, ids, and texts that
/// are names of ours. What others say, the messages of exceptions above all, is on the console alone.
/// </summary>
internal sealed class LogPrivacy : BaseProcessor<LogRecord>
{
    private const string Template = "{OriginalFormat}";

    // The parameters of log lines whose values are names in the code, or ids made by it.
    private static readonly HashSet<string> Names =
    [
        Template, "Activity", "Function", "InstanceId", "Model", "Orchestrator", "Part", "Prompt", "Status", "TraceId", "Type",
    ];

    /// <inheritdoc/>
    public override void OnEnd(LogRecord data)
    {
        var kept = new List<KeyValuePair<string, object?>>();
        foreach (var attribute in data.Attributes ?? [])
        {
            if (Names.Contains(attribute.Key) || IsHarmless(attribute.Value)) kept.Add(attribute);
        }

        if (data.Exception is { } exception)
        {
            // Not the exception itself, which the exporter would write down with its message.
            kept.Add(new("exception.type", exception.GetType().FullName));
            if (exception.StackTrace is { } stack) kept.Add(new("exception.stacktrace", stack));
            data.Exception = null;
        }

        data.Body = kept.Find(attribute => attribute.Key == Template).Value as string ?? data.EventId.Name;
        data.FormattedMessage = null;
        data.Attributes = kept;
    }

    private static bool IsHarmless(object? value) =>
        value is Guid or TimeSpan or DateTime or DateTimeOffset or Enum or bool || (value?.GetType().IsPrimitive ?? false);
}
