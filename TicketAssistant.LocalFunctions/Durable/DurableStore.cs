using System.Text.Json;
using DurableTask.Core.Exceptions;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;
using TicketAssistant.Sqlite;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>
/// Orchestrations on disk: a row an instance, a row a turn, and the inbox of what was told to them from outside and no turn
/// has consumed yet. Pending activities and timers have no rows: they follow from the turns.
/// </summary>
internal sealed class DurableStore : IAsyncDisposable
{
    // Key, not id, ties the tables together: an id that is started again gets a new key, and a purge is a few range deletes.
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS instances(
            key INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            status INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            start_at INTEGER,
            version TEXT,
            tags TEXT,
            input TEXT,
            output TEXT,
            custom_status TEXT,
            failure TEXT,
            generation INTEGER NOT NULL DEFAULT 0,
            parent INTEGER,
            parent_generation INTEGER,
            parent_task INTEGER,
            parent_id TEXT,
            parent_name TEXT);
        CREATE INDEX IF NOT EXISTS instances_parent ON instances(parent) WHERE parent IS NOT NULL;
        CREATE INDEX IF NOT EXISTS instances_unfinished ON instances(key) WHERE status IN (0, 6, 7);
        CREATE TABLE IF NOT EXISTS turns(
            instance INTEGER NOT NULL,
            number INTEGER NOT NULL,
            turn TEXT NOT NULL,
            PRIMARY KEY(instance, number)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS inbox(
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            instance INTEGER NOT NULL,
            event TEXT NOT NULL);
        CREATE INDEX IF NOT EXISTS inbox_instance ON inbox(instance, sequence);
        """;

    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;

    /// <param name="dataDirectory">Where <c>durable.db</c> is or will be.</param>
    /// <param name="committed">Told of each commit how many writes it held, on the writer's thread.</param>
    public DurableStore(string dataDirectory, Action<int>? committed = null)
    {
        var path = Path.Combine(dataDirectory, "durable.db");
        _writer = new SqliteWriter(path, "durable", Schema, committed);
        _readers = new SqliteReaders(path);
    }

    /// <summary>Commits so far, and the writes that they held.</summary>
    public (long Commits, long Writes) Counters => _writer.Counters;

    /// <summary>Stores a new instance and returns its key; one of the same id makes way unless its status forbids it.</summary>
    /// <exception cref="OrchestrationAlreadyExistsException">The id exists in one of the dedupe statuses.</exception>
    public Task<long> InsertAsync(NewInstance added, IReadOnlyCollection<OrchestrationRuntimeStatus> dedupe) => _writer.WriteAsync(s =>
    {
        if (FindStatus(s, added.Id) is { } existing)
        {
            if (dedupe.Contains(existing.Status))
                throw new OrchestrationAlreadyExistsException($"An orchestration '{added.Id}' exists already; it is {existing.Status}.");
            Delete(s, existing.Key);
        }

        return Insert(s, added);
    });

    /// <summary>
    /// One turn, whole or not at all: the turn itself, the inbox rows that it consumed, the status, and what it starts, tells
    /// and answers elsewhere. Null when the instance was replaced or purged meanwhile; then nothing is stored.
    /// </summary>
    public Task<Committed?> CommitAsync(Instance instance, TurnOutcome outcome, IReadOnlyList<long> consumed)
    {
        var number = instance.Turns!.Count;
        var generation = instance.Generation;
        var sameStatus = instance.StoredStatus == outcome.Status && !IsFinished(outcome.Status);
        var turn = outcome.ContinuedAs is null ? outcome.Turn.ToJson() : null;
        var failure = outcome.Failure is null ? null : JsonSerializer.Serialize(outcome.Failure, HistoryJson.Default.Failure);
        return _writer.WriteAsync<Committed?>(s =>
        {
            // Most turns change no status; naming the column all the same would take the row out of its index and put it back.
            var updated = sameStatus
                ? s.Execute("UPDATE instances SET updated_at = ?2, custom_status = ?3 WHERE key = ?1", instance.Key, outcome.Turn.At.Ticks, outcome.CustomStatus)
                : s.Execute(
                    "UPDATE instances SET status = ?2, updated_at = ?3, custom_status = ?4, output = ?5, failure = ?6 WHERE key = ?1",
                    instance.Key, (int)outcome.Status, outcome.Turn.At.Ticks, outcome.CustomStatus, outcome.Output, failure);
            if (updated == 0) return null;
            if (turn is not null) s.Execute("INSERT INTO turns(instance, number, turn) VALUES(?1, ?2, ?3)", instance.Key, number, turn);
            foreach (var sequence in consumed) s.Execute("DELETE FROM inbox WHERE sequence = ?1", sequence);

            var committed = new Committed([], [], []);
            foreach (var decision in outcome.Turn.Decisions) CarryOut(s, instance, generation, decision, outcome.Turn.At, committed);
            if (outcome.ContinuedAs is { } beginning) BeginAnew(s, instance, generation, beginning, committed);
            if (IsFinished(outcome.Status)) TellFamily(s, instance, outcome, committed);
            return committed;
        });
    }

    /// <summary>Puts an event into the inbox of an unfinished instance and returns its sequence; null when there is none.</summary>
    public Task<long?> PostAsync(long key, HistoryEvent happened)
    {
        var json = ToJson(happened);
        return _writer.WriteAsync(s => s.Scalar<long?>(
            "INSERT INTO inbox(instance, event) SELECT key, ?2 FROM instances WHERE key = ?1 AND status IN (0, 6, 7) RETURNING sequence",
            key, json));
    }

    /// <summary>Deletes a finished instance with its history and, recursively, the finished ones it started; returns how many.</summary>
    public Task<int> PurgeAsync(string id, bool recursive) => _writer.WriteAsync(s =>
        FindStatus(s, id) is { } found && IsFinished(found.Status) ? Purge(s, found.Key, recursive) : 0);

    /// <summary>Deletes at most <paramref name="limit"/> finished instances that the filter takes; returns how many.</summary>
    public Task<int> PurgeAsync(InstanceFilter filter, bool recursive, int limit) => _writer.WriteAsync(s =>
    {
        var keys = s.Query($"SELECT key FROM instances WHERE {InstanceFilter.Sql} AND status NOT IN (0, 6, 7) ORDER BY key LIMIT ?6", r => r.GetInt64(0), [.. filter.Arguments, limit]);
        // One may have gone already, as the sub-orchestration of another.
        return keys.Sum(key => Purge(s, key, recursive));
    });

    /// <summary>
    /// Takes a failed instance back to before its failure, and the failed sub-orchestrations that caused it. Returns the ids of
    /// all that now want to be taken up; none when it has not failed.
    /// </summary>
    public Task<List<string>> RewindAsync(string id, DateTime at) => _writer.WriteAsync(s =>
    {
        var revived = new List<string>();
        if (FindStatus(s, id) is { Status: OrchestrationRuntimeStatus.Failed } found) Rewind(s, found.Key, at, revived);
        return revived;
    });

    /// <summary>A page of instances in the order of their start, beginning after <paramref name="afterKey"/>.</summary>
    public List<InstanceRow> List(InstanceFilter filter, long afterKey, int limit, bool payloads) => _readers.Read(s => s.Query(
        $"SELECT {RowColumns(payloads)} FROM instances WHERE {InstanceFilter.Sql} AND key > ?6 ORDER BY key LIMIT ?7", Row, [.. filter.Arguments, afterKey, limit]));

    /// <summary>
    /// A page of instances without payloads, newest first, beginning before <paramref name="beforeKey"/>; with a
    /// <paramref name="search"/>, those whose id begins with it or whose name has it somewhere, in any case.
    /// </summary>
    public List<InstanceRow> ListNewest(InstanceFilter filter, string? search, long beforeKey, int limit) => _readers.Read(s => s.Query(
        $"""
        SELECT {RowColumns(false)} FROM instances
        WHERE {InstanceFilter.Sql} AND key < ?6 AND (?7 IS NULL OR substr(id, 1, length(?7)) = ?7 OR instr(lower(name), lower(?7)) > 0)
        ORDER BY key DESC LIMIT ?8
        """,
        Row, [.. filter.Arguments, beforeKey, search, limit]));

    /// <summary>An instance and its whole history, or null.</summary>
    public InstanceHistory? FindHistory(string id) => _readers.Read(s => s.First(
        $"SELECT {RowColumns(true)}, start_at, generation, parent_id FROM instances WHERE id = ?1",
        r => new InstanceHistory(
            Row(r),
            r.IsDBNull(12) ? null : new DateTime(r.GetInt64(12), DateTimeKind.Utc),
            r.GetInt32(13),
            r.IsDBNull(14) ? null : r.GetString(14),
            s.Query("SELECT turn FROM turns WHERE instance = ?1 ORDER BY number", t => Turn.FromJson(t.GetString(0)), r.GetInt64(0))),
        id));

    /// <summary>Deletes at most <paramref name="limit"/> instances that have been finished since before a time (UTC); returns how many.</summary>
    public async Task<int> PurgeFinishedAsync(DateTime before, int limit)
    {
        // Looked for by a reader: the search may go through the whole table, and turns must not wait for that.
        var keys = _readers.Read(s => s.Query(
            "SELECT key FROM instances WHERE status NOT IN (0, 6, 7) AND updated_at < ?1 ORDER BY key LIMIT ?2", r => r.GetInt64(0), before.Ticks, limit));
        if (keys.Count == 0) return 0;
        return await _writer.WriteAsync(s => keys.Count(key =>
        {
            // A rewind may have come in between.
            if (s.Scalar<long>("SELECT count(*) FROM instances WHERE key = ?1 AND status NOT IN (0, 6, 7)", key) == 0) return false;
            Delete(s, key);
            return true;
        })).ConfigureAwait(false);
    }

    /// <summary>Every unfinished instance, oldest first.</summary>
    public IReadOnlyList<Instance> ListUnfinished() => _readers.Read(s => s.Query(
        $"SELECT {UnfinishedColumns} FROM instances WHERE status IN (0, 6, 7) ORDER BY key", ReadUnfinished));

    /// <summary>One unfinished instance, or null.</summary>
    public Instance? FindUnfinished(string id) => _readers.Read(s => s.First(
        $"SELECT {UnfinishedColumns} FROM instances WHERE id = ?1 AND status IN (0, 6, 7)", ReadUnfinished, id));

    /// <summary>The input and all turns of an instance.</summary>
    public (string? Input, List<Turn> Turns) Load(long key) => _readers.Read(s => (
        s.Scalar<string>("SELECT input FROM instances WHERE key = ?1", key),
        s.Query("SELECT turn FROM turns WHERE instance = ?1 ORDER BY number", r => Turn.FromJson(r.GetString(0)), key)));

    /// <summary>What lies in the inbox of an instance, oldest first.</summary>
    public List<Message> LoadInbox(long key) => _readers.Read(s => s.Query(
        "SELECT sequence, event FROM inbox WHERE instance = ?1 ORDER BY sequence",
        r => new Message(JsonSerializer.Deserialize(r.GetString(1), HistoryJson.Default.HistoryEvent), r.GetInt64(0)), key));

    /// <summary>The row of an instance, or null.</summary>
    public InstanceRow? Find(string id) => _readers.Read(s => s.First($"SELECT {RowColumns(true)} FROM instances WHERE id = ?1", Row, id));

    public static bool IsFinished(OrchestrationRuntimeStatus status) =>
        status is not (OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Suspended);

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
    }

    private const string UnfinishedColumns =
        "key, id, name, start_at, version, generation, parent, parent_generation, parent_task, parent_id, parent_name";

    private static string RowColumns(bool payloads) => "key, id, name, status, created_at, updated_at, tags, failure, version, "
        + (payloads ? "input, output, custom_status" : "NULL, NULL, NULL");

    private static (long Key, OrchestrationRuntimeStatus Status)? FindStatus(SqliteSession s, string id) => s.First<(long, OrchestrationRuntimeStatus)?>(
        "SELECT key, status FROM instances WHERE id = ?1", r => (r.GetInt64(0), (OrchestrationRuntimeStatus)r.GetInt32(1)), id);

    private static long Insert(SqliteSession s, NewInstance added) => s.Scalar<long>(
        """
        INSERT INTO instances(id, name, status, created_at, updated_at, start_at, version, tags, input,
            parent, parent_generation, parent_task, parent_id, parent_name)
        VALUES(?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) RETURNING key
        """,
        added.Id, added.Name, (int)OrchestrationRuntimeStatus.Pending, added.CreatedAt.Ticks, added.StartAt?.Ticks, added.Version,
        added.Tags is null ? null : JsonSerializer.Serialize(added.Tags, HistoryJson.Default.DictionaryStringString), added.Input,
        added.Parent?.Key, added.Parent?.Generation, added.Parent?.TaskId, added.Parent?.InstanceId, added.Parent?.Name);

    private static long Post(SqliteSession s, long key, HistoryEvent happened) => s.Scalar<long>(
        "INSERT INTO inbox(instance, event) VALUES(?1, ?2) RETURNING sequence",
        key, ToJson(happened));

    private static string ToJson(HistoryEvent happened) => JsonSerializer.Serialize(happened, HistoryJson.Default.HistoryEvent);

    private static void CarryOut(SqliteSession s, Instance instance, int generation, Decision decision, DateTime at, Committed committed)
    {
        switch (decision)
        {
            case SubOrchestrationCreated created:
                if (FindStatus(s, created.InstanceId) is { } existing)
                {
                    if (!IsFinished(existing.Status))
                    {
                        var refused = new SubOrchestrationFailed(created.Id, new Failure(
                            typeof(OrchestrationAlreadyExistsException).FullName!, $"An orchestration '{created.InstanceId}' is {existing.Status} already.", null, null));
                        committed.Told.Add(new Told(instance.Id, instance.Key, new Message(refused, Post(s, instance.Key, refused))));
                        return;
                    }

                    Delete(s, existing.Key);
                }

                var parent = new ParentLink(instance.Key, generation, created.Id, instance.Id, instance.Name);
                var added = new NewInstance(created.InstanceId, created.Name, created.Input, at, null, created.Version, null, parent);
                committed.Started.Add((Insert(s, added), added));
                break;
            case EventSent sent when FindStatus(s, sent.InstanceId) is { } target && !IsFinished(target.Status):
                var raised = new EventRaised(sent.Name, sent.Data);
                committed.Told.Add(new Told(sent.InstanceId, target.Key, new Message(raised, Post(s, target.Key, raised))));
                break;
        }
    }

    private static void Rewind(SqliteSession s, long key, DateTime at, List<string> revived)
    {
        var turns = s.Query("SELECT turn FROM turns WHERE instance = ?1 ORDER BY number", r => Turn.FromJson(r.GetString(0)), key);
        var failure = s.Scalar<string>("SELECT failure FROM instances WHERE key = ?1", key) is { } json
            ? JsonSerializer.Deserialize(json, HistoryJson.Default.Failure)
            : null;
        var plan = RewindPlan.Make(turns, failure);
        s.Execute("DELETE FROM turns WHERE instance = ?1 AND number >= ?2", key, plan.Kept);
        s.Execute(
            "UPDATE instances SET status = ?2, updated_at = ?3, output = NULL, failure = NULL WHERE key = ?1",
            key, (int)(plan.Kept == 0 ? OrchestrationRuntimeStatus.Pending : OrchestrationRuntimeStatus.Running), at.Ticks);
        foreach (var told in plan.ToldAgain) Post(s, key, told);

        var instance = s.First($"SELECT {UnfinishedColumns} FROM instances WHERE key = ?1", ReadUnfinished, key)!;
        revived.Add(instance.Id);
        foreach (var child in plan.Children) Revive(s, instance, child, at, revived);
    }

    /// <summary>Sees to it that a sub-orchestration whose failure was forgotten answers once more.</summary>
    private static void Revive(SqliteSession s, Instance parent, SubOrchestrationCreated decision, DateTime at, List<string> revived)
    {
        var child = s.First<(long Key, OrchestrationRuntimeStatus Status, string? Output)?>(
            "SELECT key, status, output FROM instances WHERE parent = ?1 AND parent_generation = ?2 AND parent_task = ?3",
            r => (r.GetInt64(0), (OrchestrationRuntimeStatus)r.GetInt32(1), r.IsDBNull(2) ? null : r.GetString(2)),
            parent.Key, parent.Generation, decision.Id);
        if (child is { Status: OrchestrationRuntimeStatus.Failed }) Rewind(s, child.Value.Key, at, revived);
        else if (child is { Status: OrchestrationRuntimeStatus.Completed }) Post(s, parent.Key, new SubOrchestrationCompleted(decision.Id, child.Value.Output));
        else if (child is null || IsFinished(child.Value.Status))
        {
            // It was terminated or purged, or its id was in use: it begins anew.
            var committed = new Committed([], [], []);
            CarryOut(s, parent, parent.Generation, decision, at, committed);
            revived.AddRange(committed.Started.Select(started => started.Instance.Id));
        }
    }

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
            s.Execute("INSERT INTO inbox(sequence, instance, event) VALUES(?1, ?2, ?3)", sequence, instance.Key, ToJson(carried));
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
            if (waits) committed.Told.Add(new Told(parent.InstanceId, parent.Key, new Message(answer, Post(s, parent.Key, answer))));
        }

        if (outcome.Turn.Inputs.OfType<ExecutionTerminated>().FirstOrDefault() is { Recursive: true } end)
        {
            foreach (var (id, key) in s.Query("SELECT id, key FROM instances WHERE parent = ?1 AND status IN (0, 6, 7)", r => (r.GetString(0), r.GetInt64(1)), instance.Key))
                committed.Told.Add(new Told(id, key, new Message(end, Post(s, key, end))));
        }
    }

    private static int Purge(SqliteSession s, long key, bool recursive)
    {
        var purged = 0;
        if (recursive)
        {
            foreach (var child in s.Query("SELECT key FROM instances WHERE parent = ?1 AND status NOT IN (0, 6, 7)", r => r.GetInt64(0), key))
                purged += Purge(s, child, recursive);
        }

        return purged + Delete(s, key);
    }

    private static int Delete(SqliteSession s, long key)
    {
        s.Execute("DELETE FROM turns WHERE instance = ?1", key);
        s.Execute("DELETE FROM inbox WHERE instance = ?1", key);
        return s.Execute("DELETE FROM instances WHERE key = ?1", key);
    }

    private static Instance ReadUnfinished(SqliteDataReader r) => new(r.GetInt64(0), r.GetString(1), r.GetString(2))
    {
        StartAt = r.IsDBNull(3) ? null : new DateTime(r.GetInt64(3), DateTimeKind.Utc),
        Version = r.IsDBNull(4) ? null : r.GetString(4),
        Generation = r.GetInt32(5),
        Parent = r.IsDBNull(6) ? null : new ParentLink(r.GetInt64(6), r.GetInt32(7), r.GetInt32(8), r.GetString(9), r.GetString(10)),
    };

    private static InstanceRow Row(SqliteDataReader r) => new(
        r.GetInt64(0),
        r.GetString(1),
        r.GetString(2),
        (OrchestrationRuntimeStatus)r.GetInt32(3),
        new DateTime(r.GetInt64(4), DateTimeKind.Utc),
        new DateTime(r.GetInt64(5), DateTimeKind.Utc),
        r.IsDBNull(6) ? null : JsonSerializer.Deserialize(r.GetString(6), HistoryJson.Default.DictionaryStringString),
        r.IsDBNull(7) ? null : JsonSerializer.Deserialize(r.GetString(7), HistoryJson.Default.Failure),
        r.IsDBNull(8) ? null : r.GetString(8),
        r.IsDBNull(9) ? null : r.GetString(9),
        r.IsDBNull(10) ? null : r.GetString(10),
        r.IsDBNull(11) ? null : r.GetString(11));
}
