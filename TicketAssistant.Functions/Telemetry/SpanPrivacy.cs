using System.Diagnostics;
using OpenTelemetry;

namespace TicketAssistant.Functions.Telemetry;

/// <summary>
/// Takes the words out of failed spans: libraries put the message of an exception there, and that of a model or mail server may
/// quote a ticket or an address. <c>error.type</c> stays.
/// </summary>
internal sealed class SpanPrivacy : BaseProcessor<Activity>
{
    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (data.StatusDescription is not null) data.SetStatus(data.Status);
    }
}
