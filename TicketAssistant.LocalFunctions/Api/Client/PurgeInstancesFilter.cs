namespace Microsoft.DurableTask.Client;

/// <summary>Which ended orchestrations to purge; what is null doesn't narrow.</summary>
/// <param name="CreatedFrom">Scheduled at this time or later.</param>
/// <param name="CreatedTo">Scheduled at this time or earlier.</param>
/// <param name="Statuses">In one of these statuses; those of orchestrations that haven't ended match none.</param>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null);
