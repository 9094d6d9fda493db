using System.Text.Json;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask.Client;
using TicketAssistant.Sqlite;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>Stores one turn, and all that it brings about, inside the caller's transaction.</summary>
internal sealed class TurnCommit
{
    private readonly Instance _instance;
    private readonly TurnOutcome _outcome;
    private readonly IReadOnlyList<long> _consumed;
    private readonly int _number;
    private readonly int _generation;
    private readonly bool _appends;
    private readonly Utf8Text? _turn;
    private readonly string? _failure;

    /// <summary>Takes down what is to be stored; whatever becomes of the instance later does not count.</summary>
    public TurnCommit(Instance instance, TurnOutcome outcome, IReadOnlyList<long> consumed)
    {
        (_instance, _outcome, _consumed) = (instance, outcome, consumed);
        (_number, _generation) = (instance.Turns!.Count, instance.Generation);
        _appends = outcome.ContinuedAs is null && !DurableStore.IsFinished(outcome.Status)
            && instance.Stored == new StoredState(outcome.Status, outcome.CustomStatus);
        _turn = outcome.ContinuedAs is null ? new Utf8Text(outcome.Turn.ToJson()) : null;
        _failure = outcome.Failure is null ? null : JsonSerializer.Serialize(outcome.Failure, HistoryJson.Default.Failure);
    }

    /// <summary>Null when the instance was replaced or purged meanwhile; then nothing is stored.</summary>
    public Committed? Run(SqliteSession s)
    {
        if (!(_appends ? Append(s) : Update(s) && (_turn is null || Append(s)))) return null;
        foreach (var sequence in _consumed) s.Execute("DELETE FROM inbox WHERE sequence = ?1", sequence);

        var committed = new Committed([], [], []);
        foreach (var decision in _outcome.Turn.Decisions) CarryOut(s, _instance, _generation, decision, _outcome.Turn, committed);
        if (_outcome.ContinuedAs is { } beginning) BeginAnew(s, _instance, _generation, beginning, committed);
        if (DurableStore.IsFinished(_outcome.Status)) TellFamily(s, _instance, _outcome, committed);
        return committed;
    }

    /// <summary>Does what a decision of a turn asks for beyond its own instance.</summary>
    public static void CarryOut(SqliteSession s, Instance instance, int generation, Decision decision, Turn turn, Committed committed)
    {
        switch (decision)
        {
            case SubOrchestrationCreated created:
                if (InstanceTable.FindStatus(s, created.InstanceId) is { } existing)
                {
                    if (!DurableStore.IsFinished(existing.Status))
                    {
                        var refused = new SubOrchestrationFailed(created.Id, new Failure(
                            typeof(OrchestrationAlreadyExistsException).FullName!, $"An orchestration '{created.InstanceId}' is {existing.Status} already.", null, null));
                        committed.Told.Add(new Told(instance.Id, instance.Key, new Message(refused, InstanceTable.Post(s, instance.Key, refused))));
                        return;
                    }

                    InstanceTable.Delete(s, existing.Key);
                }

                var parent = new ParentLink(instance.Key, generation, created.Id, instance.Id, instance.Name);
                var added = new NewInstance(
                    created.InstanceId, created.Name, created.Input, turn.At, null, created.Version, null, parent, turn.Trace ?? instance.Trace);
                committed.Started.Add((InstanceTable.Insert(s, added), added));
                break;
            case EventSent sent when InstanceTable.FindStatus(s, sent.InstanceId) is { } target && !DurableStore.IsFinished(target.Status):
                var raised = new EventRaised(sent.Name, sent.Data);
                committed.Told.Add(new Told(sent.InstanceId, target.Key, new Message(raised, InstanceTable.Post(s, target.Key, raised))));
                break;
        }
    }

    // Most turns change nothing but the history, and so are this one statement.
    private bool Append(SqliteSession s) => s.Execute(
        "INSERT INTO turns(instance, number, turn) SELECT key, ?2, ?3 FROM instances WHERE key = ?1", _instance.Key, _number, _turn) > 0;

    private bool Update(SqliteSession s) => s.Execute(
        "UPDATE instances SET status = ?2, updated_at = ?3, custom_status = ?4, output = ?5, failure = ?6 WHERE key = ?1",
        _instance.Key, (int)_outcome.Status, _outcome.Turn.At.Ticks, _outcome.CustomStatus, _outcome.Output, _failure) > 0;

    private static void BeginAnew(SqliteSession s, Instance instance, int generation, NewBeginning beginning, Committed committed)
    {
        s.Execute("DELETE FROM turns WHERE instance = ?1", instance.Key);
        s.Execute(
            "UPDATE instances SET input = ?2, version = ?3, generation = ?4 WHERE key = ?1",
            instance.Key, beginning.Input, beginning.Version, generation + 1);
        if (beginning.Events.Count == 0) return;
        // In front of whatever has reached the inbox meanwhile: events keep their order.
        var sequence = Math.Min(0, s.Scalar<long>("SELECT min(sequence) FROM inbox")) - beginning.Events.Count;
        foreach (var carried in beginning.Events)
        {
            s.Execute("INSERT INTO inbox(sequence, instance, event) VALUES(?1, ?2, ?3)", sequence, instance.Key, InstanceTable.ToJson(carried));
            committed.Carried.Add(new Message(carried, sequence++));
        }
    }

    private static void TellFamily(SqliteSession s, Instance instance, TurnOutcome outcome, Committed committed)
    {
        if (instance.Parent is { } parent)
        {
            HistoryEvent answer = outcome.Status == OrchestrationRuntimeStatus.Completed
                ? new SubOrchestrationCompleted(parent.TaskId, outcome.Output)
                : new SubOrchestrationFailed(parent.TaskId, outcome.Failure
                    ?? new Failure(typeof(OperationCanceledException).FullName!, $"Orchestration '{instance.Id}' was terminated.", null, null));
            var waits = s.Scalar<long>(
                "SELECT count(*) FROM instances WHERE key = ?1 AND generation = ?2 AND status IN (0, 6, 7)", parent.Key, parent.Generation) > 0;
            if (waits) committed.Told.Add(new Told(parent.InstanceId, parent.Key, new Message(answer, InstanceTable.Post(s, parent.Key, answer))));
        }

        if (outcome.Turn.Inputs.OfType<ExecutionTerminated>().FirstOrDefault() is { Recursive: true } end)
        {
            foreach (var (id, key) in s.Query("SELECT id, key FROM instances WHERE parent = ?1 AND status IN (0, 6, 7)", r => (r.GetString(0), r.GetInt64(1)), instance.Key))
                committed.Told.Add(new Told(id, key, new Message(end, InstanceTable.Post(s, key, end))));
        }
    }
}
