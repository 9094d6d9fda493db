using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;
using TicketAssistant.Sqlite;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>Instances as they are read from disk.</summary>
internal static class InstanceRows
{
    /// <summary>What <see cref="ReadUnfinished"/> reads.</summary>
    public const string UnfinishedColumns =
        "key, id, name, start_at, version, generation, parent, parent_generation, parent_task, parent_id, parent_name, trace";

    /// <summary>What <see cref="Read"/> reads.</summary>
    public static string Columns(bool payloads) => "key, id, name, status, created_at, updated_at, tags, failure, version, "
        + (payloads ? "input, output, custom_status, " : "NULL, NULL, NULL, ")
        // Most turns leave the row alone; the last of them has the time.
        + "CASE WHEN status IN (0, 6, 7) THEN (SELECT turn ->> '$.At' FROM turns WHERE instance = key ORDER BY number DESC LIMIT 1) END";

    /// <summary>An unfinished instance, its history left on disk.</summary>
    public static Instance ReadUnfinished(SqliteDataReader r) => new(r.GetInt64(0), r.GetString(1), r.GetString(2))
    {
        StartAt = r.IsDBNull(3) ? null : new DateTime(r.GetInt64(3), DateTimeKind.Utc),
        Version = r.IsDBNull(4) ? null : r.GetString(4),
        Generation = r.GetInt32(5),
        Parent = r.IsDBNull(6) ? null : new ParentLink(r.GetInt64(6), r.GetInt32(7), r.GetInt32(8), r.GetString(9), r.GetString(10)),
        Trace = r.IsDBNull(11) ? null : r.GetString(11),
    };

    /// <summary>An instance as a query shows it.</summary>
    public static InstanceRow Read(SqliteDataReader r) => new(
        r.GetInt64(0),
        r.GetString(1),
        r.GetString(2),
        (OrchestrationRuntimeStatus)r.GetInt32(3),
        new DateTime(r.GetInt64(4), DateTimeKind.Utc),
        Later(new DateTime(r.GetInt64(5), DateTimeKind.Utc), r.IsDBNull(12) ? null : r.GetDateTime(12)),
        r.IsDBNull(6) ? null : JsonSerializer.Deserialize(r.GetString(6), HistoryJson.Default.DictionaryStringString),
        r.IsDBNull(7) ? null : JsonSerializer.Deserialize(r.GetString(7), HistoryJson.Default.Failure),
        r.IsDBNull(8) ? null : r.GetString(8),
        r.IsDBNull(9) ? null : r.GetString(9),
        r.IsDBNull(10) ? null : r.GetString(10),
        r.IsDBNull(11) ? null : r.GetString(11));

    /// <summary>The turns of an instance, in order.</summary>
    public static List<Turn> ReadTurns(SqliteSession s, long key) =>
        s.Query("SELECT turn FROM turns WHERE instance = ?1 ORDER BY number", r => Turn.FromJson(r.GetString(0)), key);

    private static DateTime Later(DateTime row, DateTime? turn) => turn is { } at && at.ToUniversalTime() > row ? at.ToUniversalTime() : row;
}
