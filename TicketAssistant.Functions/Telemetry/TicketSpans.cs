using System.Diagnostics;
using OpenTelemetry;

namespace TicketAssistant.Functions.Telemetry;

/// <summary>Notes on each span which ticket it is about, where the span around it or the orchestration's id tells.</summary>
internal sealed class TicketSpans : BaseProcessor<Activity>
{
    // Orchestrations of one ticket: the prefix, the ticket's id, and more.
    private static readonly string[] Prefixes = ["triage-", "notify-", "ack-", "mail-", "effects-"];

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem(AppTelemetry.TicketIdTag) is null && TicketOf(data) is { } id) data.SetTag(AppTelemetry.TicketIdTag, id);
    }

    private static object? TicketOf(Activity span)
    {
        for (var around = span.Parent; around is not null; around = around.Parent)
        {
            if (around.GetTagItem(AppTelemetry.TicketIdTag) is { } known) return known;
            span = around;
        }

        return span.GetTagItem("durabletask.task.instance_id") is string instance ? TicketIn(instance) : null;
    }

    private static string? TicketIn(string instance)
    {
        if (Array.Find(Prefixes, prefix => instance.StartsWith(prefix, StringComparison.Ordinal)) is not { } prefix) return null;
        var rest = instance.AsSpan(prefix.Length);
        // Mails about an account have an id of zeroes.
        return rest.Length >= 36 && Guid.TryParseExact(rest[..36], "D", out var id) && id != Guid.Empty ? id.ToString() : null;
    }
}
