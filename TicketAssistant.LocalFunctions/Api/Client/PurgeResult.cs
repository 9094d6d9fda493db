namespace Microsoft.DurableTask.Client;

/// <summary>What a purge did.</summary>
public class PurgeResult
{
    /// <summary>A purge that doesn't say whether it is complete.</summary>
    /// <param name="count">How many orchestrations were purged.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public PurgeResult(int count)
        : this(count, null)
    {
    }

    /// <summary>A purge that may say whether it is complete.</summary>
    /// <param name="count">How many orchestrations were purged.</param>
    /// <param name="isComplete">Whether all that match are gone; null where that isn't known.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public PurgeResult(int count, bool? isComplete)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        PurgedInstanceCount = count;
        IsComplete = isComplete;
    }

    /// <summary>How many orchestrations were purged.</summary>
    public int PurgedInstanceCount { get; }

    /// <summary>Whether all that match are gone; null where that isn't known.</summary>
    public bool? IsComplete { get; }
}
