namespace Microsoft.DurableTask.Client;

/// <summary>
/// Starts, watches and steers orchestrations. Safe for use by many threads at once. A cancellation token gives up the
/// call, never what the call has already set going.
/// </summary>
/// <param name="name">The client's name.</param>
public abstract class DurableTaskClient(string name) : IAsyncDisposable
{
    /// <summary>The client's name.</summary>
    public string Name { get; } = name;

    /// <summary>Schedules an orchestration without input.</summary>
    /// <param name="orchestratorName">The orchestrator's name.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>The instance id, once the orchestration is stored.</returns>
    public virtual Task<string> ScheduleNewOrchestrationInstanceAsync(TaskName orchestratorName, CancellationToken cancellation)
        => ScheduleNewOrchestrationInstanceAsync(orchestratorName, null, null, cancellation);

    /// <summary>Schedules an orchestration.</summary>
    /// <param name="orchestratorName">The orchestrator's name.</param>
    /// <param name="input">The input.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>The instance id, once the orchestration is stored.</returns>
    public virtual Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input, CancellationToken cancellation)
        => ScheduleNewOrchestrationInstanceAsync(orchestratorName, input, null, cancellation);

    /// <summary>Schedules an orchestration without input.</summary>
    /// <param name="orchestratorName">The orchestrator's name.</param>
    /// <param name="options">Its instance id, start time and dedupe statuses.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>The instance id, once the orchestration is stored.</returns>
    /// <exception cref="global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException">The instance id is taken, in one of the dedupe statuses.</exception>
    public virtual Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, StartOrchestrationOptions options, CancellationToken cancellation = default)
        => ScheduleNewOrchestrationInstanceAsync(orchestratorName, null, options, cancellation);

    /// <summary>
    /// Schedules an orchestration. An instance with the same id is replaced, running or not, unless its status is among
    /// the dedupe statuses.
    /// </summary>
    /// <param name="orchestratorName">The orchestrator's name.</param>
    /// <param name="input">The input.</param>
    /// <param name="options">Its instance id, start time and dedupe statuses.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>The instance id, once the orchestration is stored.</returns>
    /// <exception cref="global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException">The instance id is taken, in one of the dedupe statuses.</exception>
    public abstract Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName,
        object? input = null,
        StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default);

    /// <summary>Raises an event without payload.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="eventName">The event's name, in any case.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>Completes when the event is stored.</returns>
    public virtual Task RaiseEventAsync(string instanceId, string eventName, CancellationToken cancellation)
        => RaiseEventAsync(instanceId, eventName, null, cancellation);

    /// <summary>Raises an event. It is kept until the orchestration waits for it, and dropped where there is no such orchestration or it has ended.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="eventName">The event's name, in any case.</param>
    /// <param name="eventPayload">What to send.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>Completes when the event is stored.</returns>
    public abstract Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default);

    /// <summary>Waits until an orchestration is no longer pending.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The orchestration as it then is.</returns>
    public virtual Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, CancellationToken cancellation)
        => WaitForInstanceStartAsync(instanceId, false, cancellation);

    /// <summary>Waits until an orchestration is no longer pending.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="getInputsAndOutputs">Whether to fetch input, output and custom status too.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The orchestration as it then is.</returns>
    public abstract Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

    /// <summary>Waits until an orchestration has ended, which may take for ever.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The orchestration as it then is.</returns>
    public virtual Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, CancellationToken cancellation)
        => WaitForInstanceCompletionAsync(instanceId, false, cancellation);

    /// <summary>Waits until an orchestration has ended, which may take for ever.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="getInputsAndOutputs">Whether to fetch input, output and custom status too.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The orchestration as it then is.</returns>
    public abstract Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

    /// <summary>Terminates an orchestration. Activities under way run to their end, and their results are dropped.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>Completes when the request is stored.</returns>
    public virtual Task TerminateInstanceAsync(string instanceId, CancellationToken cancellation)
        => TerminateInstanceAsync(instanceId, null, cancellation);

    /// <summary>Terminates an orchestration. Activities under way run to their end, and their results are dropped.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="output">The output that it ends with.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>Completes when the request is stored.</returns>
    public virtual Task TerminateInstanceAsync(string instanceId, object? output, CancellationToken cancellation = default)
        => TerminateInstanceAsync(instanceId, output is null ? null : new TerminateInstanceOptions(output), cancellation);

    /// <summary>Terminates an orchestration. Activities under way run to their end, and their results are dropped.</summary>
    /// <param name="instanceId">The orchestration's instance id; nothing happens where there is none or it has ended.</param>
    /// <param name="options">The output that it ends with, and whether its sub-orchestrations end too.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>Completes when the request is stored.</returns>
    public virtual Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
        => throw NotSupported("terminate");

    /// <summary>Suspends an orchestration: what comes for it is kept until it is resumed.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>Completes when the request is stored.</returns>
    public virtual Task SuspendInstanceAsync(string instanceId, CancellationToken cancellation)
        => SuspendInstanceAsync(instanceId, null, cancellation);

    /// <summary>Suspends an orchestration: what comes for it is kept until it is resumed.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="reason">Why, for the record.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>Completes when the request is stored.</returns>
    public abstract Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default);

    /// <summary>Resumes a suspended orchestration.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>Completes when the request is stored.</returns>
    public virtual Task ResumeInstanceAsync(string instanceId, CancellationToken cancellation)
        => ResumeInstanceAsync(instanceId, null, cancellation);

    /// <summary>Resumes a suspended orchestration.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="reason">Why, for the record.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>Completes when the request is stored.</returns>
    public abstract Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default);

    /// <summary>Finds an orchestration.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>The orchestration, or null where there is none.</returns>
    public virtual Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, CancellationToken cancellation)
        => GetInstanceAsync(instanceId, false, cancellation);

    /// <summary>Finds an orchestration.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="getInputsAndOutputs">Whether to fetch input, output and custom status too.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>The orchestration, or null where there is none.</returns>
    public virtual Task<OrchestrationMetadata?> GetInstanceAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        => GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);

    /// <summary>Finds an orchestration: the older name of <see cref="GetInstanceAsync(string, CancellationToken)"/>.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>The orchestration, or null where there is none.</returns>
    public virtual Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, CancellationToken cancellation)
        => GetInstancesAsync(instanceId, false, cancellation);

    /// <summary>Finds an orchestration: the older name of <see cref="GetInstanceAsync(string, bool, CancellationToken)"/>.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="getInputsAndOutputs">Whether to fetch input, output and custom status too.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>The orchestration, or null where there is none.</returns>
    public abstract Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default);

    /// <summary>Lists orchestrations, a page at a time.</summary>
    /// <param name="filter">Which ones; null for all.</param>
    /// <returns>The orchestrations.</returns>
    public abstract AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null);

    /// <summary>Removes all trace of an ended orchestration.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>How many were purged: 0 where there is none or it hasn't ended.</returns>
    public virtual Task<PurgeResult> PurgeInstanceAsync(string instanceId, CancellationToken cancellation)
        => PurgeInstanceAsync(instanceId, null, cancellation);

    /// <summary>Removes all trace of an ended orchestration.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="options">Whether its sub-orchestrations go too.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>How many were purged: 0 where there is none or it hasn't ended.</returns>
    public virtual Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
        => throw NotSupported("purge");

    /// <summary>Removes all trace of the ended orchestrations that match.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>How many were purged.</returns>
    public virtual Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, CancellationToken cancellation)
        => PurgeAllInstancesAsync(filter, null, cancellation);

    /// <summary>Removes all trace of the ended orchestrations that match.</summary>
    /// <param name="filter">Which ones.</param>
    /// <param name="options">Whether their sub-orchestrations go too.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>How many were purged.</returns>
    public virtual Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
        => throw NotSupported("purge");

    /// <summary>Runs an ended orchestration again from the start, with its input.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="restartWithNewInstanceId">Whether the new run has an instance id of its own, and the old one stays.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>The instance id of the new run.</returns>
    /// <exception cref="ArgumentException">There is no such orchestration.</exception>
    /// <exception cref="InvalidOperationException">It hasn't ended, and its id was to be used again.</exception>
    public virtual Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
        => throw NotSupported("restart");

    /// <summary>Takes a failed orchestration back to before its failed steps, and goes on from there.</summary>
    /// <param name="instanceId">The orchestration's instance id.</param>
    /// <param name="reason">Why, for the record.</param>
    /// <param name="cancellation">Gives up the call.</param>
    /// <returns>Completes when the request is stored.</returns>
    /// <exception cref="ArgumentException">There is no such orchestration.</exception>
    /// <exception cref="InvalidOperationException">It has not failed.</exception>
    public virtual Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
        => throw NotSupported("rewind");

    /// <summary>Lets go of what the client holds. The orchestrations go on.</summary>
    /// <returns>Completes when it has.</returns>
    public abstract ValueTask DisposeAsync();

    private NotSupportedException NotSupported(string verb) => new($"{GetType()} can't {verb} orchestrations.");
}
