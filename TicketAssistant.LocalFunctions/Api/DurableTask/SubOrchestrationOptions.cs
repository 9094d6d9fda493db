namespace Microsoft.DurableTask;

/// <summary>How an orchestrator wants a sub-orchestration to be run.</summary>
public record SubOrchestrationOptions : TaskOptions
{
    /// <summary>Options with a way to retry and an instance id.</summary>
    /// <param name="retry">How to retry; null for not at all.</param>
    /// <param name="instanceId">The sub-orchestration's instance id; null for a new one.</param>
    public SubOrchestrationOptions(TaskRetryOptions? retry = null, string? instanceId = null)
        : base(retry)
        => InstanceId = instanceId;

    /// <summary>General options with an instance id.</summary>
    /// <param name="options">The general options.</param>
    /// <param name="instanceId">The sub-orchestration's instance id; null for the one in <paramref name="options"/>, if any.</param>
    public SubOrchestrationOptions(TaskOptions options, string? instanceId = null)
        : base(options)
        => InstanceId = instanceId ?? (options as SubOrchestrationOptions)?.InstanceId;

    /// <summary>A copy.</summary>
    /// <param name="options">What to copy.</param>
    public SubOrchestrationOptions(SubOrchestrationOptions options)
        : base(options)
        => InstanceId = options.InstanceId;

    /// <summary>The sub-orchestration's instance id; null for a new one.</summary>
    public string? InstanceId { get; init; }
}
