using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>
/// Runs orchestrations in one process, as durable as its disk. Activities run at least once, history happens exactly once:
/// whatever was not committed when the process ended is done again at the next start, by itself.
/// </summary>
internal sealed class DurableEngine : IAsyncDisposable
{
    private readonly DurableOptions _options;
    private readonly DurableFunctions _functions;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly DataDirectoryLock _lock;
    private readonly EngineTelemetry _telemetry;
    private readonly TurnRunner _runner;
    private readonly TimerQueue _timers;
    private readonly ActivityPool _activities;
    private readonly HotInstances _hot;
    private readonly ConcurrentDictionary<string, Instance> _unfinished = new(StringComparer.Ordinal);
    private readonly Channel<Instance> _ready = Channel.CreateUnbounded<Instance>();
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _loops = [];
    private int _turnsOwed;

    /// <summary>Opens the data directory; nothing runs before <see cref="Start"/>.</summary>
    /// <exception cref="DataDirectoryInUseException">Another process has it.</exception>
    public DurableEngine(DurableOptions options, DurableFunctions functions, TimeProvider time, ILoggerFactory loggerFactory)
    {
        _options = options;
        _functions = functions;
        _time = time;
        _log = loggerFactory.CreateLogger("DurableEngine");
        _lock = DataDirectoryLock.Take(options.DataDirectory);
        _telemetry = new EngineTelemetry(() => _ready.Reader.Count, () => _activities?.Waiting ?? 0);
        try
        {
            Store = new DurableStore(options.DataDirectory, _telemetry.Committed);
        }
        catch
        {
            _telemetry.Dispose();
            _lock.Dispose();
            throw;
        }

        _runner = new TurnRunner(functions, options, loggerFactory);
        _hot = new HotInstances(options.MaxCachedHistories);
        _activities = new ActivityPool(options, functions.Activities, _telemetry, _log, Deliver);
        _timers = new TimerQueue(time, Deliver);
        Client = new LocalDurableTaskClient(this, options.Converter);
    }

    /// <summary>The way in for everybody else.</summary>
    public DurableTaskClient Client { get; }

    internal DurableStore Store { get; }

    private bool Stopping => _stopping.IsCancellationRequested;

    /// <summary>The meter that this engine alone measures with.</summary>
    internal Meter Meter => _telemetry.Meter;

    internal DateTime Now => _time.GetUtcNow().UtcDateTime;

    /// <summary>Takes up everything unfinished and starts working.</summary>
    public void Start()
    {
        var found = Store.ListUnfinished();
        foreach (var instance in found) Adopt(instance);
        if (found.Count > 0) _log.LogInformation("Taking up {Count} unfinished orchestrations.", found.Count);

        for (var i = 0; i < _options.MaxConcurrentOrchestrators; i++) _loops.Add(Task.Run(LoopAsync));
        _activities.Start();

        foreach (var instance in found) Wake(instance);
    }

    /// <summary>Stores a new orchestration and lets it run; returns when it is on disk.</summary>
    public async Task ScheduleAsync(NewInstance added, IReadOnlyCollection<OrchestrationRuntimeStatus> dedupe)
    {
        if (!_functions.Orchestrators.ContainsKey(added.Name))
            throw new ArgumentException($"There is no orchestrator function '{added.Name}' in this app.", nameof(added));

        var key = await Store.InsertAsync(added, dedupe).ConfigureAwait(false);
        Begin(key, added);
    }

    /// <summary>Lets a failed orchestration run on from before the failure; false when it has not failed.</summary>
    public async Task<bool> RewindAsync(string id)
    {
        var revived = await Store.RewindAsync(id, Now).ConfigureAwait(false);
        foreach (var one in revived)
        {
            if (Store.FindUnfinished(one) is not { } instance) continue;
            Adopt(instance);
            Wake(instance);
        }

        return revived.Count > 0;
    }

    /// <summary>Tells an unfinished orchestration something; returns when that is on disk. False when there is none.</summary>
    public async Task<bool> PostAsync(string id, HistoryEvent happened)
    {
        // One that another orchestration has just started may be on disk and not yet in memory.
        if ((FindUnfinished(id) ?? Store.FindUnfinished(id)) is not { } addressee) return false;
        if (await Store.PostAsync(addressee.Key, happened).ConfigureAwait(false) is not { } sequence) return false;
        Tell(id, addressee.Key, new Message(happened, sequence));
        return true;
    }

    /// <summary>The orchestration in memory, or null when it has ended or never was.</summary>
    public Instance? FindUnfinished(string id) => _unfinished.GetValueOrDefault(id);

    /// <summary>
    /// Stops: no activity begins any more, those that run may end within <see cref="DurableOptions.StopTimeout"/>, and what
    /// they return is committed. Everything else goes on at the next start.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        var clock = Stopwatch.StartNew();
        await _stopping.CancelAsync();
        await _activities.DisposeAsync();
        _timers.Dispose();
        // An orchestration that never waits would go on for ever; hence the bound here, too.
        while (Volatile.Read(ref _turnsOwed) > 0 && clock.Elapsed < _options.StopTimeout + ActivityPool.CutShortGrace) await Task.Delay(5);
        _ready.Writer.TryComplete();
        await Task.WhenAll(_loops);
        // What the loops took last still has to be committed, and the writer's own stop waits for all that it was given.
        await Store.DisposeAsync();
        while (Volatile.Read(ref _turnsOwed) > 0) await Task.Delay(5);
        _telemetry.Dispose();
        _lock.Dispose();
        _stopping.Dispose();
    }

    private void Begin(long key, NewInstance added)
    {
        var instance = new Instance(key, added.Id, added.Name)
        {
            Input = added.Input,
            Version = added.Version,
            Parent = added.Parent,
            Trace = added.Trace,
            Turns = [],
            StartAt = added.StartAt,
            // What was told to a sub-orchestration before this moment is only on disk.
            TakenUp = added.StartAt is null && added.Parent is null,
        };
        Adopt(instance);
        Wake(instance);
    }

    private void Adopt(Instance instance) => _unfinished.AddOrUpdate(instance.Id, instance, (_, other) =>
    {
        // Of two that were started at once under one id, the later row has replaced the earlier; of one row, the other has just
        // failed and is rewound already.
        var (kept, replaced) = other.Key <= instance.Key ? (instance, other) : (other, instance);
        replaced.Gone = true;
        _hot.Remove(replaced);
        replaced.Ended.TrySetResult();
        return kept;
    });

    private void Wake(Instance instance)
    {
        if (instance.StartAt is { } startAt && startAt > Now) _timers.Add(startAt, instance, default);
        else Deliver(instance, default);
    }

    private void Tell(string id, long key, Message message)
    {
        if (_unfinished.TryGetValue(id, out var instance) && instance.Key == key) Deliver(instance, message);
    }

    private void Deliver(Instance instance, Message message)
    {
        if (!instance.Gone && instance.Post(message)) Enqueue(instance);
    }

    private void Enqueue(Instance instance)
    {
        Interlocked.Increment(ref _turnsOwed);
        if (!_ready.Writer.TryWrite(instance)) Interlocked.Decrement(ref _turnsOwed);
    }

    private async Task LoopAsync()
    {
        // Whoever started the engine is nobody's parent.
        Activity.Current = null;
        await foreach (var instance in _ready.Reader.ReadAllAsync())
        {
            var messages = instance.Take();
            try
            {
                // What has not begun in this process does not begin while it stops.
                if (!(Stopping && !instance.TakenUp) && RunTurn(instance, messages) is { } outcome)
                {
                    // Not awaited here: while this turn waits for its commit others run, and share that commit.
                    _ = CommitAsync(instance, outcome, messages);
                    continue;
                }

                Rest(instance);
                Interlocked.Decrement(ref _turnsOwed);
            }
            catch (Exception e)
            {
                Interlocked.Decrement(ref _turnsOwed);
                _log.LogError(e, "A turn of {Orchestrator} '{InstanceId}' could not be run; trying again.", instance.Name, instance.Id);
                _ = TryAgainAsync(instance, messages);
            }
        }
    }

    private TurnOutcome? RunTurn(Instance instance, List<Message> messages)
    {
        if (instance.Gone) return null;
        _hot.Remove(instance);
        if (instance.Turns is null) (instance.Input, instance.Turns) = Store.Load(instance.Key);

        if (!instance.TakenUp)
        {
            // Not due: what was told to it stays in the inbox on disk. Only an end from outside does not wait.
            if (instance.StartAt > Now && instance.Turns.Count == 0 && !messages.Exists(m => m.Event is ExecutionTerminated)) return null;

            // Whatever reached the inbox before now is read from disk; the mailbox may hold some of it, too.
            var inbox = Store.LoadInbox(instance.Key);
            messages.RemoveAll(m => m.Sequence is { } sequence && inbox.Exists(i => i.Sequence == sequence));
            messages.AddRange(inbox);
            instance.TakenUp = true;
            DispatchPending(instance, inbox);
        }

        // Results and timers of an earlier generation have nobody to tell any more.
        messages.RemoveAll(m => m.Sequence is null && m.Event is not null && m.Generation != instance.Generation);
        var inputs = messages.Select(m => m.Event).OfType<HistoryEvent>().ToList();
        if (inputs.Count == 0 && instance.Turns.Count > 0) return null;
        using var span = _telemetry.Turn(instance, inputs.Count);
        var outcome = _runner.Run(instance, inputs, Now, () => Deliver(
            instance, new Message(new ExecutionBroken(TurnRunner.AwaitsForeign(instance.Name)), null, instance.Generation)));
        return span is null ? outcome : outcome with { Turn = outcome.Turn with { Trace = TraceText.Of(span) } };
    }

    private async Task CommitAsync(Instance instance, TurnOutcome outcome, List<Message> messages)
    {
        try
        {
            var consumed = messages.Where(m => m.Sequence is not null).Select(m => m.Sequence!.Value).ToList();
            if (await Store.CommitAsync(instance, outcome, consumed).ConfigureAwait(false) is not { } committed)
            {
                outcome.Code?.Dispose();
                Leave(instance);
                return;
            }

            instance.Stored = new StoredState(outcome.Status, outcome.CustomStatus);
            instance.Code = outcome.Code;
            // Before waiters learn of it: what they have seen end has been counted.
            _telemetry.TurnCommitted(instance, outcome);
            instance.Turns!.Add(outcome.Turn);
            instance.Started.TrySetResult();
            foreach (var decision in outcome.Turn.Decisions) Dispatch(instance, decision, outcome.Turn.Trace);
            if (outcome.ContinuedAs is { } beginning) BeginAnew(instance, beginning, committed.Carried);
            foreach (var (key, added) in committed.Started) Begin(key, added);
            foreach (var told in committed.Told) Tell(told.InstanceId, told.Key, told.Message);

            if (DurableStore.IsFinished(outcome.Status)) End(instance, outcome);
            else Rest(instance);
        }
        catch (Exception e)
        {
            // The code has gone on from where the history ends: the next try needs a replay.
            instance.Code = null;
            outcome.Code?.Dispose();
            _log.LogError(e, "A turn of {Orchestrator} '{InstanceId}' could not be stored; nothing of it counts, trying again.", instance.Name, instance.Id);
            _ = TryAgainAsync(instance, messages);
        }
        finally
        {
            Interlocked.Decrement(ref _turnsOwed);
        }
    }

    private void BeginAnew(Instance instance, NewBeginning beginning, List<Message> carried)
    {
        instance.Generation++;
        instance.Turns = [];
        instance.Input = beginning.Input;
        instance.Version = beginning.Version;
        instance.PutBack(carried);
        // Nothing may be waiting in the mailbox, and still the new beginning has to be run.
        Deliver(instance, default);
    }

    private void End(Instance instance, TurnOutcome outcome)
    {
        if (outcome.Failure is { } failure)
            _log.LogError("{Orchestrator} '{InstanceId}' failed: {Type}: {Message}", instance.Name, instance.Id, failure.Type, failure.Message);
        Leave(instance);
    }

    private void Leave(Instance instance)
    {
        instance.Gone = true;
        instance.Forget();
        _unfinished.TryRemove(KeyValuePair.Create(instance.Id, instance));
        instance.Ended.TrySetResult();
    }

    private void Rest(Instance instance)
    {
        if (instance.Turns is not null && !instance.Gone) _hot.Add(instance);
        if (!instance.TryRest()) Enqueue(instance);
    }

    private async Task TryAgainAsync(Instance instance, List<Message> messages)
    {
        instance.PutBack(messages);
        try
        {
            await Task.Delay(_options.CommitRetryDelay, _time, _stopping.Token);
            Enqueue(instance);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the next start takes it up again.
        }
    }

    /// <summary>Sets going what a recovered history waits for and <paramref name="inbox"/> does not answer.</summary>
    private void DispatchPending(Instance instance, List<Message> inbox)
    {
        var open = new SortedDictionary<int, (Decision Decision, string? Trace)>();
        foreach (var turn in instance.Turns!)
        {
            foreach (var input in turn.Inputs) open.Remove(input.Answers ?? -1);
            foreach (var decision in turn.Decisions) open.Add(decision.Id, (decision, turn.Trace));
        }

        foreach (var message in inbox) open.Remove(message.Event?.Answers ?? -1);
        foreach (var (decision, trace) in open.Values) Dispatch(instance, decision, trace);
    }

    private void Dispatch(Instance instance, Decision decision, string? trace)
    {
        switch (decision)
        {
            case TaskScheduled activity:
                _activities.Add(instance, activity, trace);
                break;
            case TimerCreated timer:
                _timers.Add(timer.FireAt, instance, new Message(new TimerFired(timer.Id), null, instance.Generation));
                break;
        }
    }
}
