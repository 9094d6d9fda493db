using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>The client of the engine in this process. A call that returned is on disk.</summary>
internal sealed class LocalDurableTaskClient(DurableEngine engine, DataConverter converter) : DurableTaskClient("TaskHub")
{
    private const int MaxInstanceIdLength = 100;

    /// <inheritdoc/>
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var id = CheckId(options?.InstanceId ?? Guid.NewGuid().ToString("N"));
        var dedupe = options?.DedupeStatuses?.Select(Enum.Parse<OrchestrationRuntimeStatus>).ToHashSet() ?? [];
        var added = new NewInstance(
            id, orchestratorName.Name, converter.Serialize(input), engine.Now, options?.StartAt?.UtcDateTime,
            options?.Version?.Version, options?.Tags is { Count: > 0 } tags ? new Dictionary<string, string>(tags) : null);
        // Not cancellable from here on: a caller that gives up must not leave in doubt whether it was stored.
        await engine.ScheduleAsync(added, dedupe);
        return id;
    }

    /// <inheritdoc/>
    public override async Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        cancellation.ThrowIfCancellationRequested();
        await PostAsync(instanceId, new EventRaised(eventName, converter.Serialize(eventPayload)));
    }

    /// <inheritdoc/>
    public override async Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        await PostAsync(instanceId, new ExecutionTerminated(converter.Serialize(options?.Output)));
    }

    /// <inheritdoc/>
    public override async Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        if (engine.FindUnfinished(instanceId) is { } instance && engine.Store.Find(instanceId) is { Status: OrchestrationRuntimeStatus.Pending })
            await Task.WhenAny(instance.Started.Task, instance.Ended.Task).WaitAsync(cancellation);
        return await GetAsync(instanceId, getInputsAndOutputs, cancellation);
    }

    /// <inheritdoc/>
    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        if (engine.FindUnfinished(instanceId) is { } instance) await instance.Ended.Task.WaitAsync(cancellation);
        return await GetAsync(instanceId, getInputsAndOutputs, cancellation);
    }

    /// <inheritdoc/>
    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(engine.Store.Find(CheckId(instanceId)) is { } row ? ToMetadata(row, getInputsAndOutputs) : null);
    }

    /// <inheritdoc/>
    public override async Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return new PurgeResult(await engine.Store.PurgeAsync(CheckId(instanceId)) == true ? 1 : 0);
    }

    /// <inheritdoc/>
    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException("Suspending is not part of the local engine yet.");

    /// <inheritdoc/>
    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        throw new NotSupportedException("Resuming is not part of the local engine yet.");

    /// <inheritdoc/>
    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) =>
        throw new NotSupportedException("Listing instances is not part of the local engine yet.");

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string CheckId(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        // The real store's rules: ids are keys of a table there.
        if (id.Length > MaxInstanceIdLength || id.StartsWith('@') || id.AsSpan().IndexOfAny("/\\#?") >= 0 || id.Any(char.IsControl))
            throw new ArgumentException($"'{id}' is no instance id: at most {MaxInstanceIdLength} characters, none of / \\ # ? or control characters, not beginning with @.", nameof(id));
        return id;
    }

    private async Task PostAsync(string id, HistoryEvent happened)
    {
        if (await engine.PostAsync(CheckId(id), happened)) return;
        if (engine.Store.Find(id) is null) throw new ArgumentException($"There is no orchestration '{id}'.", nameof(id));
        // One that has ended hears nothing any more; the real client says nothing of it either.
    }

    private async Task<OrchestrationMetadata> GetAsync(string id, bool payloads, CancellationToken cancellation) =>
        await GetInstancesAsync(id, payloads, cancellation) ?? throw new InvalidOperationException($"There is no orchestration '{id}'.");

    private OrchestrationMetadata ToMetadata(InstanceRow row, bool payloads) => new(row.Name, row.Id)
    {
        RuntimeStatus = row.Status,
        CreatedAt = row.CreatedAt,
        LastUpdatedAt = row.UpdatedAt,
        DataConverter = converter,
        Tags = row.Tags ?? [],
        FailureDetails = row.Failure?.ToDetails(),
        // As the real client does: payloads, the custom status among them, only on request.
        SerializedInput = payloads ? row.Input : null,
        SerializedOutput = payloads ? row.Output : null,
        SerializedCustomStatus = payloads ? row.CustomStatus : null,
    };
}
