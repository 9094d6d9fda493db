using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets.Escalation;

/// <summary>
/// Takes up tickets whose next stage is overdue: the clock was never started, was ended by hand, or stayed behind with another
/// store. Safe in any number of instances.
/// </summary>
public sealed class AcknowledgementTimer(ITicketStore tickets, AcknowledgementLimits limits, TimeProvider time)
{
    private const int AtOnce = 1000;

    /// <summary>How long a clock that runs has time to do it itself.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    /// <summary>Starts the clock of each; where it runs nothing happens.</summary>
    [Function(nameof(AcknowledgementTimer))]
    public async Task RunAsync(
        [TimerTrigger("20 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        foreach (var ticket in await tickets.ListUnacknowledgedAsync(time.GetUtcNow() - Grace, AtOnce, cancellationToken))
        {
            await durable.AwaitAcknowledgementAsync(ticket, limits);
        }
    }
}
