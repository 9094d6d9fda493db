using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace TicketAssistant.Functions.Housekeeping;

/// <summary>
/// Removes orchestrations some time after they ended: their histories hold ticket text, and the real host never removes any by
/// itself. May run in any number of instances at once.
/// </summary>
public sealed class PurgeTimer(PurgeOptions options, TimeProvider time, ILogger<PurgeTimer> logger)
{
    // One by one, within the host's time limit; what is left is taken an hour later.
    private const int AtOnce = 5_000;

    private static readonly OrchestrationRuntimeStatus[] s_ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Looks for them every hour.</summary>
    [Function(nameof(PurgeTimer))]
    public async Task RunAsync(
        [TimerTrigger("0 23 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (options.After == TimeSpan.Zero) return;
        var before = time.GetUtcNow() - options.After;

        // Whatever ended before then began before then; a purge by filter would go by the beginning alone.
        var old = new List<string>();
        await foreach (var instance in durable.GetAllInstancesAsync(new OrchestrationQuery(CreatedTo: before, Statuses: s_ended)).WithCancellation(cancellationToken))
        {
            if (instance.LastUpdatedAt < before) old.Add(instance.InstanceId);
            if (old.Count == AtOnce) break;
        }

        var purged = 0;
        foreach (var id in old) purged += (await durable.PurgeInstanceAsync(id, cancellationToken)).PurgedInstanceCount;
        if (purged > 0) logger.LogInformation("Removed {Count} orchestrations that ended more than {Days} days ago", purged, options.After.TotalDays);
    }
}
