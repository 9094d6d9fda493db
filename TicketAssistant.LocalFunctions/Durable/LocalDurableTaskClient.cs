using System.Diagnostics;
using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>The client of the engine in this process. A call that returned is on disk.</summary>
internal sealed class LocalDurableTaskClient(DurableEngine engine, DataConverter converter) : DurableTaskClient("TaskHub")
{
    private const int MaxInstanceIdLength = 100;
    private const int MaxPage = 1000;
    private const int PurgeBatch = 500;

    /// <inheritdoc/>
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var id = CheckId(options?.InstanceId ?? Guid.NewGuid().ToString("N"));
        var dedupe = options?.DedupeStatuses?.Select(Enum.Parse<OrchestrationRuntimeStatus>).ToHashSet() ?? [];
        var added = new NewInstance(
            id, orchestratorName.Name, converter.Serialize(input), engine.Now, options?.StartAt?.UtcDateTime,
            options?.Version?.Version, options?.Tags is { Count: > 0 } tags ? new Dictionary<string, string>(tags) : null,
            Trace: TraceText.Of(Activity.Current));
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
        await PostAsync(instanceId, new ExecutionTerminated(converter.Serialize(options?.Output), options?.Recursive ?? false));
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
        // Again: it may have been replaced by another start of the same id.
        while (engine.FindUnfinished(instanceId) is { } instance) await instance.Ended.Task.WaitAsync(cancellation);
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
        return new PurgeResult(await engine.Store.PurgeAsync(CheckId(instanceId), options?.Recursive ?? false), true);
    }

    /// <inheritdoc/>
    public override async Task<PurgeResult> PurgeAllInstancesAsync(PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        // In pieces, so that a large purge does not hold up the turns that want to be stored meanwhile.
        var wanted = new InstanceFilter(filter.CreatedFrom, filter.CreatedTo, filter.Statuses);
        for (var purged = 0; ;)
        {
            cancellation.ThrowIfCancellationRequested();
            var some = await engine.Store.PurgeAsync(wanted, options?.Recursive ?? false, PurgeBatch);
            purged += some;
            if (some == 0) return new PurgeResult(purged, true);
        }
    }

    /// <inheritdoc/>
    public override async Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        await PostAsync(instanceId, new ExecutionSuspended(reason));
    }

    /// <inheritdoc/>
    public override async Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        await PostAsync(instanceId, new ExecutionResumed(reason));
    }

    /// <inheritdoc/>
    public override async Task<string> RestartAsync(string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        var row = engine.Store.Find(CheckId(instanceId)) ?? throw new ArgumentException($"There is no orchestration '{instanceId}'.", nameof(instanceId));
        if (!restartWithNewInstanceId && !DurableStore.IsFinished(row.Status))
            throw new InvalidOperationException($"Orchestration '{instanceId}' is {row.Status}; only one that has ended can be restarted under its own id.");
        var id = restartWithNewInstanceId ? Guid.NewGuid().ToString("N") : instanceId;
        await engine.ScheduleAsync(
            new NewInstance(id, row.Name, row.Input, engine.Now, null, row.Version, row.Tags, Trace: TraceText.Of(Activity.Current)),
            [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended]);
        return id;
    }

    /// <inheritdoc/>
    public override async Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        if (await engine.RewindAsync(CheckId(instanceId))) return;
        var row = engine.Store.Find(instanceId) ?? throw new ArgumentException($"There is no orchestration '{instanceId}'.", nameof(instanceId));
        throw new InvalidOperationException($"Orchestration '{instanceId}' is {row.Status}; only a failed one can be rewound.");
    }

    /// <inheritdoc/>
    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        filter ??= new OrchestrationQuery();
        var wanted = new InstanceFilter(filter.CreatedFrom, filter.CreatedTo, filter.Statuses, filter.InstanceIdPrefix);
        return Pageable.Create<OrchestrationMetadata>((token, size, cancellation) =>
        {
            cancellation.ThrowIfCancellationRequested();
            token ??= filter.ContinuationToken;
            if (!long.TryParse(token ?? "0", NumberStyles.None, CultureInfo.InvariantCulture, out var after))
                throw new ArgumentException($"'{token}' is no continuation token of this task hub.", nameof(filter));
            var limit = Math.Clamp(size ?? filter.PageSize, 1, MaxPage);
            var rows = engine.Store.List(wanted, after, limit, filter.FetchInputsAndOutputs);
            var next = rows.Count == limit ? rows[^1].Key.ToString(CultureInfo.InvariantCulture) : null;
            return Task.FromResult(new Page<OrchestrationMetadata>([.. rows.Select(row => ToMetadata(row, filter.FetchInputsAndOutputs))], next));
        });
    }

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
