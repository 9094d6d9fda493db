namespace Microsoft.DurableTask;

/// <summary>How an orchestrator wants an activity or sub-orchestration to be run.</summary>
public record TaskOptions
{
    /// <summary>Options with a way to retry.</summary>
    /// <param name="retry">How to retry; null for not at all.</param>
    public TaskOptions(TaskRetryOptions? retry)
        : this(retry, null)
    {
    }

    /// <summary>Options with a way to retry and tags.</summary>
    /// <param name="retry">How to retry; null for not at all.</param>
    /// <param name="tags">Labels kept with the task.</param>
    public TaskOptions(TaskRetryOptions? retry = null, IDictionary<string, string>? tags = null)
    {
        Retry = retry;
        Tags = tags;
    }

    /// <summary>A copy.</summary>
    /// <param name="options">What to copy.</param>
    public TaskOptions(TaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Retry = options.Retry;
        Tags = options.Tags;
        Version = options.Version;
    }

    /// <summary>How to retry; null for not at all.</summary>
    public TaskRetryOptions? Retry { get; init; }

    /// <summary>Labels kept with the task.</summary>
    public IDictionary<string, string>? Tags { get; init; }

    /// <summary>The version to run; null for that of the orchestration that calls.</summary>
    public TaskVersion? Version { get; init; }

    /// <summary>Options that retry by a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>The options.</returns>
    public static TaskOptions FromRetryPolicy(RetryPolicy policy) => new(policy);

    /// <summary>Options that ask a handler before each retry.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>The options.</returns>
    public static TaskOptions FromRetryHandler(AsyncRetryHandler handler) => new(handler);

    /// <summary>Options that ask a handler before each retry.</summary>
    /// <param name="handler">The handler.</param>
    /// <returns>The options.</returns>
    public static TaskOptions FromRetryHandler(RetryHandler handler) => new(handler);

    /// <summary>These options for a sub-orchestration with a given instance id.</summary>
    /// <param name="instanceId">The sub-orchestration's instance id.</param>
    /// <returns>New options; these stay as they are.</returns>
    public SubOrchestrationOptions WithInstanceId(string instanceId) => new(this, instanceId);
}
