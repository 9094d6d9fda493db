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
    private const int AtOnce = 1_000;

    // One by one takes its time on the real host, which ends a function after five minutes on its smallest plan; what is left is taken
    // an hour later.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(3);

    private static readonly OrchestrationRuntimeStatus[] s_ended =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Looks for them every hour.</summary>
    [Function(nameof(PurgeTimer))]
    public async Task RunAsync(
        [TimerTrigger("0 23 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (options.After == TimeSpan.Zero) return;
        var before = time.GetUtcNow() - options.After;

        var begun = time.GetTimestamp();
        var purged = 0;
        IReadOnlyList<string> old;
        do
        {
            old = await ListAsync(before, durable, cancellationToken);
            foreach (var id in old) purged += (await durable.PurgeInstanceAsync(id, cancellationToken)).PurgedInstanceCount;
        }
        while (old.Count == AtOnce && time.GetElapsedTime(begun) < s_longest);

        if (purged > 0) logger.LogInformation("Removed {Count} orchestrations that ended more than {Days} days ago", purged, options.After.TotalDays);
    }

    // Whatever ended before then began before then; a purge by filter would go by the beginning alone.
    private static async Task<IReadOnlyList<string>> ListAsync(DateTimeOffset before, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var old = new List<string>();
        await foreach (var instance in durable.GetAllInstancesAsync(new OrchestrationQuery(CreatedTo: before, Statuses: s_ended)).WithCancellation(cancellationToken))
        {
            if (instance.LastUpdatedAt < before) old.Add(instance.InstanceId);
            if (old.Count == AtOnce) break;
        }

        return old;
    }
}
