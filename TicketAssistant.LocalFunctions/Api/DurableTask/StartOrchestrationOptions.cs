namespace Microsoft.DurableTask;

/// <summary>How a client wants an orchestration to be started.</summary>
public record StartOrchestrationOptions
{
    /// <summary>Options with an instance id and a start time.</summary>
    /// <param name="InstanceId">The instance id; null for a new one.</param>
    /// <param name="StartAt">Not to start before; null or past for at once.</param>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>A copy.</summary>
    /// <param name="options">What to copy.</param>
    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Tags = options.Tags;
        Version = options.Version;
        DedupeStatuses = options.DedupeStatuses;
    }

    /// <summary>The instance id; null for a new one.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Not to start before; null or past for at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Labels kept with the instance.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The version to run; null for none.</summary>
    public TaskVersion? Version { get; init; }

    /// <summary>
    /// Names of the statuses in which an instance with the same id stays and the start fails; in any other status it is
    /// replaced. Set it through <c>WithDedupeStatuses</c>.
    /// </summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
