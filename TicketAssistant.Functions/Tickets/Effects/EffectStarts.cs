using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Tickets.Effects;

/// <summary>Has effects carried out.</summary>
internal static class EffectStarts
{
    /// <summary>Starts what carries out the effects of this change, unless it is under way.</summary>
    public static Task StartEffectsAsync(this DurableTaskClient durable, EffectsKey key) =>
        durable.StartUnlessRunningAsync(nameof(EffectsOrchestrator), key.InstanceId, key);

    /// <summary>The same right after the change, which is made whether or not this works: the timer is behind it.</summary>
    public static async Task TryStartEffectsAsync(this DurableTaskClient durable, TicketChange change, ILogger logger)
    {
        if (change.Effects.Count == 0) return;
        try
        {
            await durable.StartEffectsAsync(change.EffectsKey);
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "What the change of ticket {TicketId} entails could not be started at once; the timer does it.", change.Ticket.Id);
        }
    }
}
