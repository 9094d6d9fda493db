using System.Diagnostics;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>
/// W3C trace context as the engine keeps it: the traceparent and, after a space, the tracestate if there is one
/// (https://www.w3.org/TR/trace-context/).
/// </summary>
internal static class TraceText
{
    // What the standard asks everybody to pass on at least. A longer one is the caller's own business, and ours to store for ever.
    private const int MaxState = 512;

    /// <summary>Where a span stands in its trace; null where there is no span, or one of another format.</summary>
    public static string? Of(Activity? span)
    {
        if (span is not { IdFormat: ActivityIdFormat.W3C, Id: { } parent }) return null;
        return span.TraceStateString is { Length: > 0 and <= MaxState } state ? $"{parent} {state}" : parent;
    }

    /// <summary>What a span takes for its parent; default where the text is null or no trace context.</summary>
    public static System.Diagnostics.ActivityContext Parse(string? text)
    {
        var (parent, state) = Split(text);
        // Remote: whoever began the trace may be another process, or this one before its restart.
        return System.Diagnostics.ActivityContext.TryParse(parent, state, isRemote: true, out var context) ? context : default;
    }

    /// <summary>The traceparent and the tracestate.</summary>
    public static (string? Parent, string? State) Split(string? text) =>
        text?.Split(' ', 2) is [var parent, var state] ? (parent, state) : (text, null);
}
