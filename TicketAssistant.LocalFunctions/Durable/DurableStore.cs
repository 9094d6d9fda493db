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
    // Turns lie in the order in which they come: those of one commit share a few pages, where by instance each would change
    // a page of its own. Key, not id, ties the tables together: an id that is started again gets a new key, and a purge is a few range deletes.
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
            parent_name TEXT,
            trace TEXT);
        CREATE INDEX IF NOT EXISTS instances_parent ON instances(parent) WHERE parent IS NOT NULL;
        CREATE INDEX IF NOT EXISTS instances_unfinished ON instances(key) WHERE status IN (0, 6, 7);
        CREATE TABLE IF NOT EXISTS turns(
            instance INTEGER NOT NULL,
            number INTEGER NOT NULL,
            turn TEXT NOT NULL);
        CREATE UNIQUE INDEX IF NOT EXISTS turns_instance ON turns(instance, number);
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
        _writer = new SqliteWriter(path, "durable", Schema, committed, AddMissingColumns);
        _readers = new SqliteReaders(path);
    }

    /// <summary>Commits so far, and the writes that they held.</summary>
    public (long Commits, long Writes) Counters => _writer.Counters;

    /// <summary>Stores a new instance and returns its key; one of the same id makes way unless its status forbids it.</summary>
    /// <exception cref="OrchestrationAlreadyExistsException">The id exists in one of the dedupe statuses.</exception>
    public Task<long> InsertAsync(NewInstance added, IReadOnlyCollection<OrchestrationRuntimeStatus> dedupe) => _writer.WriteAsync(s =>
    {
        if (InstanceTable.TryInsert(s, added) is { } key) return key;
        var existing = InstanceTable.FindStatus(s, added.Id)!.Value;
        if (dedupe.Contains(existing.Status))
            throw new OrchestrationAlreadyExistsException($"An orchestration '{added.Id}' exists already; it is {existing.Status}.");
        InstanceTable.Delete(s, existing.Key);
        return InstanceTable.Insert(s, added);
    });

    /// <summary>
    /// One turn, whole or not at all: the turn itself, the inbox rows that it consumed, the status, and what it starts, tells
    /// and answers elsewhere. Null when the instance was replaced or purged meanwhile; then nothing is stored.
    /// </summary>
    public Task<Committed?> CommitAsync(Instance instance, TurnOutcome outcome, IReadOnlyList<long> consumed)
    {
        var commit = new TurnCommit(instance, outcome, consumed);
        return _writer.WriteAsync(commit.Run);
    }

    /// <summary>Puts an event into the inbox of an unfinished instance and returns its sequence; null when there is none.</summary>
    public Task<long?> PostAsync(long key, HistoryEvent happened)
    {
        var json = InstanceTable.ToJson(happened);
        return _writer.WriteAsync(s => s.Scalar<long?>(
            "INSERT INTO inbox(instance, event) SELECT key, ?2 FROM instances WHERE key = ?1 AND status IN (0, 6, 7) RETURNING sequence",
            key, json));
    }

    /// <summary>Deletes a finished instance with its history and, recursively, the finished ones it started; returns how many.</summary>
    public Task<int> PurgeAsync(string id, bool recursive) => _writer.WriteAsync(s =>
        InstanceTable.FindStatus(s, id) is { } found && IsFinished(found.Status) ? InstanceTable.Purge(s, found.Key, recursive) : 0);

    /// <summary>Deletes at most <paramref name="limit"/> finished instances that the filter takes; returns how many.</summary>
    public Task<int> PurgeAsync(InstanceFilter filter, bool recursive, int limit) => _writer.WriteAsync(s =>
    {
        var keys = s.Query($"SELECT key FROM instances WHERE {InstanceFilter.Sql} AND status NOT IN (0, 6, 7) ORDER BY key LIMIT ?6", r => r.GetInt64(0), [.. filter.Arguments, limit]);
        // One may have gone already, as the sub-orchestration of another.
        return keys.Sum(key => InstanceTable.Purge(s, key, recursive));
    });

    /// <summary>
    /// Takes a failed instance back to before its failure, and the failed sub-orchestrations that caused it. Returns the ids of
    /// all that now want to be taken up; none when it has not failed.
    /// </summary>
    public Task<List<string>> RewindAsync(string id, DateTime at) => _writer.WriteAsync(s =>
    {
        var revived = new List<string>();
        if (InstanceTable.FindStatus(s, id) is { Status: OrchestrationRuntimeStatus.Failed } found) InstanceRewind.Run(s, found.Key, at, revived);
        return revived;
    });

    /// <summary>A page of instances in the order of their start, beginning after <paramref name="afterKey"/>.</summary>
    public List<InstanceRow> List(InstanceFilter filter, long afterKey, int limit, bool payloads) => _readers.Read(s => s.Query(
        $"SELECT {InstanceRows.Columns(payloads)} FROM instances WHERE {InstanceFilter.Sql} AND key > ?6 ORDER BY key LIMIT ?7", InstanceRows.Read, [.. filter.Arguments, afterKey, limit]));

    /// <summary>
    /// A page of instances without payloads, newest first, beginning before <paramref name="beforeKey"/>; with a
    /// <paramref name="search"/>, those whose id begins with it or whose name has it somewhere, in any case.
    /// </summary>
    public List<InstanceRow> ListNewest(InstanceFilter filter, string? search, long beforeKey, int limit) => _readers.Read(s => s.Query(
        $"""
        SELECT {InstanceRows.Columns(false)} FROM instances
        WHERE {InstanceFilter.Sql} AND key < ?6 AND (?7 IS NULL OR substr(id, 1, length(?7)) = ?7 OR instr(lower(name), lower(?7)) > 0)
        ORDER BY key DESC LIMIT ?8
        """,
        InstanceRows.Read, [.. filter.Arguments, beforeKey, search, limit]));

    /// <summary>An instance and its whole history, or null.</summary>
    public InstanceHistory? FindHistory(string id) => _readers.Read(s => s.First(
        $"SELECT {InstanceRows.Columns(true)}, start_at, generation, parent_id FROM instances WHERE id = ?1",
        r => new InstanceHistory(
            InstanceRows.Read(r),
            r.IsDBNull(13) ? null : new DateTime(r.GetInt64(13), DateTimeKind.Utc),
            r.GetInt32(14),
            r.IsDBNull(15) ? null : r.GetString(15),
            InstanceRows.ReadTurns(s, r.GetInt64(0))),
        id));

    /// <summary>Every unfinished instance, oldest first.</summary>
    public IReadOnlyList<Instance> ListUnfinished() => _readers.Read(s => s.Query(
        $"SELECT {InstanceRows.UnfinishedColumns} FROM instances WHERE status IN (0, 6, 7) ORDER BY key", InstanceRows.ReadUnfinished));

    /// <summary>One unfinished instance, or null.</summary>
    public Instance? FindUnfinished(string id) => _readers.Read(s => s.First(
        $"SELECT {InstanceRows.UnfinishedColumns} FROM instances WHERE id = ?1 AND status IN (0, 6, 7)", InstanceRows.ReadUnfinished, id));

    /// <summary>The input and all turns of an instance.</summary>
    public (string? Input, List<Turn> Turns) Load(long key) => _readers.Read(s => (
        s.Scalar<string>("SELECT input FROM instances WHERE key = ?1", key),
        InstanceRows.ReadTurns(s, key)));

    /// <summary>What lies in the inbox of an instance, oldest first.</summary>
    public List<Message> LoadInbox(long key) => _readers.Read(s => s.Query(
        "SELECT sequence, event FROM inbox WHERE instance = ?1 ORDER BY sequence",
        r => new Message(JsonSerializer.Deserialize(r.GetString(1), HistoryJson.Default.HistoryEvent), r.GetInt64(0)), key));

    /// <summary>The row of an instance, or null.</summary>
    public InstanceRow? Find(string id) => _readers.Read(s => s.First($"SELECT {InstanceRows.Columns(true)} FROM instances WHERE id = ?1", InstanceRows.Read, id));

    public static bool IsFinished(OrchestrationRuntimeStatus status) =>
        status is not (OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Suspended);

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
    }

    /// <summary>Brings a file of an earlier version along, which may still be opened by that version afterwards.</summary>
    private static void AddMissingColumns(SqliteSession s)
    {
        var columns = s.Query("SELECT name FROM pragma_table_info('instances')", r => r.GetString(0));
        if (columns.Count > 0 && !columns.Contains("trace")) s.Run("ALTER TABLE instances ADD COLUMN trace TEXT");
    }
}
