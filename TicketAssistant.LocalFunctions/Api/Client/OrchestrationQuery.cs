namespace Microsoft.DurableTask.Client;

/// <summary>Which orchestrations to list; what is null doesn't narrow.</summary>
/// <param name="CreatedFrom">Scheduled at this time or later.</param>
/// <param name="CreatedTo">Scheduled at this time or earlier.</param>
/// <param name="Statuses">In one of these statuses.</param>
/// <param name="TaskHubNames">In one of these task hubs.</param>
/// <param name="InstanceIdPrefix">With an instance id that begins so.</param>
/// <param name="PageSize">How many to fetch at a time.</param>
/// <param name="FetchInputsAndOutputs">Whether to fetch inputs, outputs and custom statuses too.</param>
/// <param name="ContinuationToken">Where to go on, as an earlier page said.</param>
public record OrchestrationQuery(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null,
    IEnumerable<string>? TaskHubNames = null,
    string? InstanceIdPrefix = null,
    int PageSize = OrchestrationQuery.DefaultPageSize,
    bool FetchInputsAndOutputs = false,
    string? ContinuationToken = null)
{
    /// <summary>The page size unless one is given.</summary>
    public const int DefaultPageSize = 100;
}
