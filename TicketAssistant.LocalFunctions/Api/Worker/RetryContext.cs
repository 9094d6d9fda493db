namespace Microsoft.Azure.Functions.Worker;

/// <summary>How often the host has retried an invocation.</summary>
public abstract class RetryContext
{
    /// <summary>The retries so far; 0 in the first attempt.</summary>
    public abstract int RetryCount { get; }

    /// <summary>The most retries that the host makes; 0 when it makes none.</summary>
    public abstract int MaxRetryCount { get; }
}
