using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>
/// What an orchestrator's code sees. It is fed the history turn by turn; in past turns each decision is held against the one
/// that was stored, in the last one decisions are collected to be stored.
/// </summary>
internal sealed class ReplayContext(
    Instance instance,
    TurnSynchronizationContext turnContext,
    DataConverter converter,
    ILoggerFactory loggerFactory) : TaskOrchestrationContext
{
    // The extension limits a custom status to 16 KB of UTF-16.
    private const int MaxCustomStatusChars = 8 * 1024;

    private readonly Dictionary<int, TaskCompletionSource<string?>> _open = [];
    private readonly EventBuffer _events = new();
    private readonly List<Decision> _decided = [];
    private IReadOnlyList<Decision>? _recorded;
    private DateTime _now;
    private int _nextId;
    private int _guids;

    /// <inheritdoc/>
    public override TaskName Name => new(instance.Name);

    /// <inheritdoc/>
    public override string InstanceId => instance.Id;

    /// <summary>What set the orchestration going, as <see cref="TraceText"/>, or null.</summary>
    public string? Trace => instance.Trace;

    /// <inheritdoc/>
    public override ParentOrchestrationInstance? Parent { get; } =
        instance.Parent is { } parent ? new(new TaskName(parent.Name), parent.InstanceId) : null;

    /// <inheritdoc/>
    public override string Version => instance.Version ?? "";

    /// <inheritdoc/>
    public override DateTime CurrentUtcDateTime => _now;

    /// <inheritdoc/>
    public override bool IsReplaying => _recorded is not null;

    /// <summary>JSON of the last custom status, or null.</summary>
    public string? CustomStatus { get; private set; }

    /// <summary>Set when the code asked to continue as new; the events are for the caller to fill in.</summary>
    public NewBeginning? NewBeginning { get; private set; }

    /// <summary>Whether events that nobody waited for go along into the new beginning.</summary>
    public bool PreservesEvents { get; private set; }

    /// <summary>What the code decided in the turn under way.</summary>
    public IReadOnlyList<Decision> Decisions => _decided;

    /// <summary>True while the code can be woken by something durable.</summary>
    public bool WaitsForSomething => _open.Count > 0 || _events.HasWaiters;

    /// <inheritdoc/>
    protected override ILoggerFactory LoggerFactory => loggerFactory;

    /// <summary>Opens a turn; <paramref name="recorded"/> are the stored decisions of a past one, null for the new one.</summary>
    public void BeginTurn(DateTime at, IReadOnlyList<Decision>? recorded)
    {
        _now = at;
        _recorded = recorded;
        _decided.Clear();
        // Those of a past turn are stored.
        _ = _events.TakeChanges();
    }

    /// <summary>Checks that a past turn decided all that is stored for it.</summary>
    public void EndPastTurn()
    {
        if (BrokenBy is null && _recorded is { } recorded && _decided.Count < recorded.Count)
            Mismatch(recorded[_decided.Count], "nothing");
    }

    /// <summary>Tells the code what has happened. What nobody waits for any more is passed over.</summary>
    public void Apply(HistoryEvent happened)
    {
        switch (happened)
        {
            case TaskCompleted done when _open.Remove(done.Id, out var source):
                source.TrySetResult(done.Result);
                break;
            case TaskFailed failed when _open.Remove(failed.Id, out var source):
                source.TrySetException(new StepFailure(failed.Failure));
                break;
            case SubOrchestrationCompleted done when _open.Remove(done.Id, out var source):
                source.TrySetResult(done.Result);
                break;
            case SubOrchestrationFailed failed when _open.Remove(failed.Id, out var source):
                source.TrySetException(new StepFailure(failed.Failure));
                break;
            case TimerFired fired when _open.Remove(fired.Id, out var source):
                source.TrySetResult(null);
                break;
            case EventRaised raised:
                _events.Raise(raised.Name, raised.Data);
                break;
        }
    }

    /// <inheritdoc/>
    public override T? GetInput<T>() where T : default => Read<T>(instance.Input);

    /// <inheritdoc/>
    public override Guid NewGuid()
    {
        CheckThread();
        return NameBasedGuid.Create($"{instance.Id}_{_now:o}_{_guids++}");
    }

    /// <inheritdoc/>
    public override void SetCustomStatus(object? customStatus)
    {
        CheckThread();
        var json = converter.Serialize(customStatus);
        if (json?.Length > MaxCustomStatusChars)
            throw new ArgumentException($"The custom status has {json.Length} characters of JSON; at most {MaxCustomStatusChars} are kept.", nameof(customStatus));
        CustomStatus = json;
    }

    /// <inheritdoc/>
    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        CheckThread();
        var json = converter.Serialize(input);
        var result = await RetryLoop.RunAsync(
            this, options?.Retry, retryOf => AwaitAsync(name.Name, new TaskScheduled(_nextId++, name.Name, json) { RetryOf = retryOf }));
        return Read<TResult>(result)!;
    }

    /// <inheritdoc/>
    public override async Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        var utc = fireAt.Kind == DateTimeKind.Local ? fireAt.ToUniversalTime() : DateTime.SpecifyKind(fireAt, DateTimeKind.Utc);
        var id = _nextId++;
        var source = Decide(new TimerCreated(id, utc));
        // A cancelled timer still fires in the engine; with nobody waiting it is passed over.
        using var registration = cancellationToken.Register(() =>
        {
            if (_open.Remove(id)) source.TrySetCanceled(cancellationToken);
        });
        await source.Task;
    }

    /// <inheritdoc/>
    public override async Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        CheckThread();
        return Read<T>(await _events.WaitAsync(eventName, cancellationToken))!;
    }

    /// <inheritdoc/>
    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        Record(new EventSent(_nextId++, instanceId, eventName, converter.Serialize(payload)));
    }

    /// <inheritdoc/>
    public override async Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        CheckThread();
        var json = converter.Serialize(input);
        var version = options?.Version?.Version ?? instance.Version;
        // One id for all attempts, as in the real one: each retry replaces the attempt that failed, and its history.
        var childId = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        var result = await RetryLoop.RunAsync(
            this,
            options?.Retry,
            retryOf => AwaitAsync(orchestratorName.Name, new SubOrchestrationCreated(_nextId++, childId, orchestratorName.Name, json, version) { RetryOf = retryOf }));
        return Read<TResult>(result)!;
    }

    /// <inheritdoc/>
    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        CheckThread();
        NewBeginning = new NewBeginning(converter.Serialize(newInput), instance.Version, []);
        PreservesEvents = preserveUnprocessedEvents;
    }

    /// <inheritdoc/>
    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ContinueAsNew(options.NewInput, options.PreserveUnprocessedEvents);
        if (options.NewVersion is { } version) NewBeginning = NewBeginning! with { Version = version };
    }

    /// <summary>Events that were raised and nobody has waited for.</summary>
    public IReadOnlyList<EventRaised> UnconsumedEvents() => _events.Unconsumed;

    /// <summary>Waits for events that began or ended in the turn under way, or null.</summary>
    public IReadOnlyList<EventWait>? TakeWaits() => _events.TakeChanges();

    /// <summary>Waits between two attempts of the step whose first attempt has the id <paramref name="retryOf"/>.</summary>
    public Task WaitToRetryAsync(TimeSpan delay, int retryOf) => Decide(new TimerCreated(_nextId++, _now + delay) { RetryOf = retryOf }).Task;

    private async Task<string?> AwaitAsync(string name, Decision decision)
    {
        try
        {
            return await Decide(decision).Task;
        }
        catch (StepFailure e)
        {
            throw new TaskFailedException(name, decision.Id, e.Failure.ToDetails());
        }
    }

    private TaskCompletionSource<string?> Decide(Decision decision)
    {
        Record(decision);
        var source = new TaskCompletionSource<string?>();
        _open.Add(decision.Id, source);
        return source;
    }

    private void Record(Decision decision)
    {
        CheckThread();
        if (_recorded is { } recorded)
        {
            if (_decided.Count >= recorded.Count) throw Mismatch(null, decision.Step);
            var expected = recorded[_decided.Count];
            if (expected.Step != decision.Step) throw Mismatch(expected, decision.Step);
        }

        _decided.Add(decision);
    }

    private NonDeterminismException Mismatch(Decision? stored, string now)
    {
        var step = stored?.Id ?? _nextId - 1;
        return BrokenBy = new NonDeterminismException(
            $"Orchestrator '{instance.Name}' is not deterministic, or its code was changed while this instance was running: " +
            $"at step {step} the history has {stored?.Step ?? "nothing"} where the code now asks for {now}.");
    }

    /// <summary>Set when the history did not fit, even if the code swallowed the exception.</summary>
    public NonDeterminismException? BrokenBy { get; private set; }

    private void CheckThread()
    {
        if (turnContext.IsCurrent) return;
        throw BrokenBy = new NonDeterminismException(
            $"Orchestrator '{instance.Name}' called its context from outside its turn. It must await nothing but tasks of the " +
            "context (no Task.Delay, Task.Run, I/O or ConfigureAwait(false)).");
    }

    private T? Read<T>(string? json) => json is null ? default : converter.Deserialize<T>(json);

    private sealed class StepFailure(Failure failure) : Exception(failure.Message)
    {
        public Failure Failure { get; } = failure;
    }
}
