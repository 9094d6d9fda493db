using Microsoft.DurableTask;

namespace TicketAssistant.Functions.Triage;

/// <summary>
/// How activities are retried. Practically without end: a store or a mail server that is down for a weekend must cost time,
/// not tickets. What should not be retried is returned by the activity as an outcome, not thrown.
/// </summary>
internal static class ActivityRetries
{
    /// <summary>1 s, 2 s, 4 s … 5 min.</summary>
    public static TaskOptions Store { get; } = TaskOptions.FromRetryPolicy(
        new RetryPolicy(100_000, TimeSpan.FromSeconds(1), 2, TimeSpan.FromMinutes(5)));

    /// <summary>2 s, 4 s, 8 s … 10 min.</summary>
    public static TaskOptions Mail { get; } = TaskOptions.FromRetryPolicy(
        new RetryPolicy(100_000, TimeSpan.FromSeconds(2), 2, TimeSpan.FromMinutes(10)));
}
