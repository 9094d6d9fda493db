namespace Microsoft.DurableTask;

/// <summary>
/// When to try a failed activity or sub-orchestration again: after FirstRetryInterval, then each time after
/// BackoffCoefficient times as long, up to MaxRetryInterval, without jitter.
/// </summary>
public class RetryPolicy
{
    /// <summary>Makes a policy.</summary>
    /// <param name="maxNumberOfAttempts">The most attempts, the first included; at least 1.</param>
    /// <param name="firstRetryInterval">The wait before the second attempt; more than zero.</param>
    /// <param name="backoffCoefficient">What each wait is multiplied by to give the next; at least 1.</param>
    /// <param name="maxRetryInterval">The longest wait, not shorter than the first, or infinite; 1 hour unless given.</param>
    /// <param name="retryTimeout">How long after the first attempt a new one may begin, not shorter than the first wait, or infinite; infinite unless given.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its bounds.</exception>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumberOfAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(backoffCoefficient, 1.0);

        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = AtLeast(firstRetryInterval, maxRetryInterval, nameof(maxRetryInterval)) ?? TimeSpan.FromHours(1);
        RetryTimeout = AtLeast(firstRetryInterval, retryTimeout, nameof(retryTimeout)) ?? Timeout.InfiniteTimeSpan;
    }

    /// <summary>The most attempts, the first included.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>The wait before the second attempt.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>What each wait is multiplied by to give the next; 1 keeps it the same.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>The longest wait; <see cref="Timeout.InfiniteTimeSpan"/> for no bound.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>How long after the first attempt a new one may begin; <see cref="Timeout.InfiniteTimeSpan"/> for ever.</summary>
    public TimeSpan RetryTimeout { get; }

    /// <summary>Says whether a failure is worth another attempt. Must be deterministic. Unless set, every failure is.</summary>
    public Func<TaskFailureDetails, bool> HandleFailure { internal get; init; } = _ => true;

    private static TimeSpan? AtLeast(TimeSpan bound, TimeSpan? value, string name)
        => value is null || value == Timeout.InfiniteTimeSpan || value >= bound
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, $"Must be at least firstRetryInterval ({bound}), or Timeout.InfiniteTimeSpan.");
}
