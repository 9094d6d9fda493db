using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets.Effects;

/// <summary>
/// Takes up effects that were left: the process that changed the ticket died before it could start what carries them out. Safe in
/// any number of instances.
/// </summary>
public sealed class LeftoverEffectsTimer(ITicketStore tickets, TimeProvider time)
{
    private const int AtOnce = 1000;

    /// <summary>How long whoever made the change has time to do it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>Starts what carries them out; where that is under way nothing happens.</summary>
    [Function(nameof(LeftoverEffectsTimer))]
    public async Task RunAsync(
        [TimerTrigger("15,45 * * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        foreach (var key in await tickets.ListLeftoverEffectsAsync(time.GetUtcNow() - Grace, AtOnce, cancellationToken))
        {
            await durable.StartEffectsAsync(key);
        }
    }
}
