using Microsoft.DurableTask;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>
/// Calls again what failed. Runs inside the orchestrator, on durable timers and its own clock, so that it replays like the
/// code around it.
/// </summary>
internal static class RetryLoop
{
    public static Task<string?> RunAsync(ReplayContext context, TaskRetryOptions? retry, Func<int?, Task<string?>> call) =>
        retry is null ? call(null) : RetryAsync(context, retry, call);

    private static async Task<string?> RetryAsync(ReplayContext context, TaskRetryOptions retry, Func<int?, Task<string?>> call)
    {
        var first = context.CurrentUtcDateTime;
        int? retryOf = null;
        for (var attempt = 1; ; attempt++)
        {
            TaskFailedException failure;
            try
            {
                return await call(retryOf);
            }
            catch (TaskFailedException e)
            {
                failure = e;
                retryOf ??= e.TaskId;
            }

            TimeSpan wait;
            if (retry.Policy is { } policy)
            {
                if (NextDelay(policy, attempt, context.CurrentUtcDateTime - first, failure.FailureDetails) is not { } delay) throw failure;
                wait = delay;
            }
            else
            {
                var retryContext = new RetryContext(context, attempt, failure.FailureDetails, context.CurrentUtcDateTime - first, CancellationToken.None);
                if (retry.Handler is not { } handler || !await handler(retryContext)) throw failure;
                continue;
            }

            await context.WaitToRetryAsync(wait, retryOf.Value);
        }
    }

    /// <summary>How long to wait after failed attempt number <paramref name="attempt"/> (from 1); null: give up.</summary>
    private static TimeSpan? NextDelay(RetryPolicy policy, int attempt, TimeSpan elapsed, TaskFailureDetails failure)
    {
        if (attempt >= policy.MaxNumberOfAttempts) return null;
        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && elapsed >= policy.RetryTimeout) return null;
        if (!policy.HandleFailure(failure)) return null;

        var milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        var longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.FromDays(3650) : policy.MaxRetryInterval;
        return milliseconds < longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : longest;
    }
}
