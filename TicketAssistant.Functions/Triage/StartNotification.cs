using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace TicketAssistant.Functions.Triage;

/// <summary>Starts a <see cref="NotifyOrchestrator"/> that nobody waits for.</summary>
public static class StartNotification
{
    /// <summary>A repeat finds the one that runs.</summary>
    [Function(nameof(StartNotification))]
    public static Task RunAsync([ActivityTrigger] TriageKey key, [DurableClient] DurableTaskClient durable) =>
        durable.StartUnlessRunningAsync(nameof(NotifyOrchestrator), NotifyOrchestrator.InstanceId(key), key);
}
