using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Telemetry;

namespace TicketAssistant.Functions.Triage;

/// <summary>
/// Looks twice a minute whether tickets wait for an assignee. Changes of people start the hand-out at once; this is for
/// limits that pass and for whatever was missed. Safe in any number of instances.
/// </summary>
public sealed class HandOutTimer(ITicketStore tickets)
{
    /// <summary>Starts a hand-out when there is something to hand out.</summary>
    [Function(nameof(HandOutTimer))]
    public async Task RunAsync(
        [TimerTrigger("*/30 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if ((await tickets.ListWaitingAsync(1, cancellationToken)).Count > 0) await durable.RequestHandOutAsync();
        // Otherwise the hand-out counts them.
        else AppTelemetry.Waits(0);
    }
}
