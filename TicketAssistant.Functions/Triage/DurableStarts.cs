using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace TicketAssistant.Functions.Triage;

/// <summary>Starting orchestrations under ids of their own.</summary>
internal static class DurableStarts
{
    /// <summary>
    /// Starts an orchestration unless one of this id is under way. Older extensions ignore the dedupe statuses and replace
    /// it: harmless, because every activity may be repeated.
    /// </summary>
    public static async Task StartUnlessRunningAsync(this DurableTaskClient durable, string orchestrator, string instanceId, object? input)
    {
        var options = new StartOrchestrationOptions(instanceId).WithDedupeStatuses(
            OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended);
        try
        {
            await durable.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, options);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Under way already, which is what was wanted.
        }
    }

    /// <summary>Has waiting tickets handed out now rather than at the next tick of the timer.</summary>
    public static Task RequestHandOutAsync(this DurableTaskClient durable) =>
        durable.StartUnlessRunningAsync(nameof(HandOutOrchestrator), HandOutOrchestrator.InstanceId, null);
}
