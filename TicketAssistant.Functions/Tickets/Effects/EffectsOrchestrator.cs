using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Tickets.Effects;

/// <summary>Carries out what one change of a ticket entails, under the change's <see cref="EffectsKey.InstanceId"/>.</summary>
public static class EffectsOrchestrator
{
    /// <summary>Ends when nothing of the change is pending.</summary>
    [Function(nameof(EffectsOrchestrator))]
    public static Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync(nameof(CarryOutEffects), context.GetInput<EffectsKey>(), ActivityRetries.Store);
}
