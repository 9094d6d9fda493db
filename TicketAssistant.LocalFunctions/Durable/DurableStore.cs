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
            failure TEXT);
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

    public DurableStore(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, "durable.db");
        _writer = new SqliteWriter(path, "durable", Schema);
        _readers = new SqliteReaders(path);
    }

    /// <summary>Commits so far, and the writes that they held.</summary>
    public (long Commits, long Writes) Counters => _writer.Counters;

    /// <summary>Stores a new instance and returns its key; one of the same id makes way unless its status forbids it.</summary>
    /// <exception cref="OrchestrationAlreadyExistsException">The id exists in one of the dedupe statuses.</exception>
    public Task<long> InsertAsync(NewInstance added, IReadOnlyCollection<OrchestrationRuntimeStatus> dedupe) => _writer.WriteAsync(s =>
    {
        var existing = s.First("SELECT key, status FROM instances WHERE id = ?1", r => (Key: r.GetInt64(0), Status: (OrchestrationRuntimeStatus)r.GetInt32(1)), added.Id);
        if (existing.Key != 0)
        {
            if (dedupe.Contains(existing.Status))
                throw new OrchestrationAlreadyExistsException($"An orchestration '{added.Id}' exists already; it is {existing.Status}.");
            Delete(s, existing.Key);
        }

        return s.Scalar<long>(
            """
            INSERT INTO instances(id, name, status, created_at, updated_at, start_at, version, tags, input)
            VALUES(?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8) RETURNING key
            """,
            added.Id, added.Name, (int)OrchestrationRuntimeStatus.Pending, added.CreatedAt.Ticks, added.StartAt?.Ticks, added.Version,
            added.Tags is null ? null : JsonSerializer.Serialize(added.Tags, HistoryJson.Default.DictionaryStringString), added.Input);
    });

    /// <summary>
    /// One turn, whole or not at all: the turn itself, the inbox rows that it consumed, and the status. False when the
    /// instance was replaced or purged meanwhile; then nothing is stored.
    /// </summary>
    public Task<bool> CommitAsync(long key, int number, TurnOutcome outcome, IReadOnlyList<long> consumed)
    {
        var turn = outcome.Turn.ToJson();
        var failure = outcome.Failure is null ? null : JsonSerializer.Serialize(outcome.Failure, HistoryJson.Default.Failure);
        return _writer.WriteAsync(s =>
        {
            var updated = s.Execute(
                "UPDATE instances SET status = ?2, updated_at = ?3, custom_status = ?4, output = ?5, failure = ?6 WHERE key = ?1",
                key, (int)outcome.Status, outcome.Turn.At.Ticks, outcome.CustomStatus, outcome.Output, failure);
            if (updated == 0) return false;
            s.Execute("INSERT INTO turns(instance, number, turn) VALUES(?1, ?2, ?3)", key, number, turn);
            foreach (var sequence in consumed) s.Execute("DELETE FROM inbox WHERE sequence = ?1", sequence);
            return true;
        });
    }

    /// <summary>Puts an event into the inbox of an unfinished instance and returns its sequence; null when there is none.</summary>
    public Task<long?> PostAsync(long key, HistoryEvent happened)
    {
        var json = JsonSerializer.Serialize(happened, HistoryJson.Default.HistoryEvent);
        return _writer.WriteAsync(s => s.Scalar<long?>(
            "INSERT INTO inbox(instance, event) SELECT key, ?2 FROM instances WHERE key = ?1 AND status IN (0, 6, 7) RETURNING sequence",
            key, json));
    }

    /// <summary>Deletes a finished instance with its history; null when there is no such instance, false when it is not finished.</summary>
    public Task<bool?> PurgeAsync(string id) => _writer.WriteAsync<bool?>(s =>
    {
        var found = s.First("SELECT key, status FROM instances WHERE id = ?1", r => (Key: r.GetInt64(0), Status: (OrchestrationRuntimeStatus)r.GetInt32(1)), id);
        if (found.Key == 0) return null;
        if (!IsFinished(found.Status)) return false;
        Delete(s, found.Key);
        return true;
    });

    /// <summary>Every unfinished instance, oldest first.</summary>
    public IReadOnlyList<Unfinished> ListUnfinished() => _readers.Read(s => s.Query(
        "SELECT key, id, name, status, start_at FROM instances WHERE status IN (0, 6, 7) ORDER BY key",
        r => new Unfinished(
            r.GetInt64(0), r.GetString(1), r.GetString(2), (OrchestrationRuntimeStatus)r.GetInt32(3),
            r.IsDBNull(4) ? null : new DateTime(r.GetInt64(4), DateTimeKind.Utc))));

    /// <summary>The input and all turns of an instance.</summary>
    public (string? Input, List<Turn> Turns) Load(long key) => _readers.Read(s => (
        s.Scalar<string>("SELECT input FROM instances WHERE key = ?1", key),
        s.Query("SELECT turn FROM turns WHERE instance = ?1 ORDER BY number", r => Turn.FromJson(r.GetString(0)), key)));

    /// <summary>What lies in the inbox of an instance, oldest first.</summary>
    public List<Message> LoadInbox(long key) => _readers.Read(s => s.Query(
        "SELECT sequence, event FROM inbox WHERE instance = ?1 ORDER BY sequence",
        r => new Message(JsonSerializer.Deserialize(r.GetString(1), HistoryJson.Default.HistoryEvent), r.GetInt64(0)), key));

    /// <summary>The row of an instance, or null.</summary>
    public InstanceRow? Find(string id) => _readers.Read(s => s.First(
        """
        SELECT key, id, name, status, created_at, updated_at, tags, input, output, custom_status, failure
        FROM instances WHERE id = ?1
        """,
        Row, id));

    public static bool IsFinished(OrchestrationRuntimeStatus status) =>
        status is not (OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Suspended);

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
    }

    private static void Delete(SqliteSession s, long key)
    {
        s.Execute("DELETE FROM turns WHERE instance = ?1", key);
        s.Execute("DELETE FROM inbox WHERE instance = ?1", key);
        s.Execute("DELETE FROM instances WHERE key = ?1", key);
    }

    private static InstanceRow Row(SqliteDataReader r) => new(
        r.GetInt64(0),
        r.GetString(1),
        r.GetString(2),
        (OrchestrationRuntimeStatus)r.GetInt32(3),
        new DateTime(r.GetInt64(4), DateTimeKind.Utc),
        new DateTime(r.GetInt64(5), DateTimeKind.Utc),
        r.IsDBNull(6) ? null : JsonSerializer.Deserialize(r.GetString(6), HistoryJson.Default.DictionaryStringString),
        r.IsDBNull(7) ? null : r.GetString(7),
        r.IsDBNull(8) ? null : r.GetString(8),
        r.IsDBNull(9) ? null : r.GetString(9),
        r.IsDBNull(10) ? null : JsonSerializer.Deserialize(r.GetString(10), HistoryJson.Default.Failure));
}

/// <summary>An instance to be stored.</summary>
internal sealed record NewInstance(
    string Id, string Name, string? Input, DateTime CreatedAt, DateTime? StartAt, string? Version, Dictionary<string, string>? Tags);

/// <summary>An instance found at start.</summary>
internal sealed record Unfinished(long Key, string Id, string Name, OrchestrationRuntimeStatus Status, DateTime? StartAt);

/// <summary>An instance as a query shows it.</summary>
internal sealed record InstanceRow(
    long Key,
    string Id,
    string Name,
    OrchestrationRuntimeStatus Status,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    Dictionary<string, string>? Tags,
    string? Input,
    string? Output,
    string? CustomStatus,
    Failure? Failure);
