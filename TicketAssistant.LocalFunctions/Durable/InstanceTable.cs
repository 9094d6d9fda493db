using System.Text.Json;
using Microsoft.DurableTask.Client;
using TicketAssistant.Sqlite;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>The statements that make, tell and delete an instance; each inside the caller's transaction.</summary>
internal static class InstanceTable
{
    /// <summary>The key and the status of the instance of an id, or null.</summary>
    public static (long Key, OrchestrationRuntimeStatus Status)? FindStatus(SqliteSession s, string id) => s.First<(long, OrchestrationRuntimeStatus)?>(
        "SELECT key, status FROM instances WHERE id = ?1", r => (r.GetInt64(0), (OrchestrationRuntimeStatus)r.GetInt32(1)), id);

    /// <summary>Stores a new instance and returns its key; null where its id is in use.</summary>
    public static long? TryInsert(SqliteSession s, NewInstance added) => s.Scalar<long?>(
        """
        INSERT INTO instances(id, name, status, created_at, updated_at, start_at, version, tags, input,
            parent, parent_generation, parent_task, parent_id, parent_name, trace)
        VALUES(?1, ?2, ?3, ?4, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT(id) DO NOTHING RETURNING key
        """,
        added.Id, added.Name, (int)OrchestrationRuntimeStatus.Pending, added.CreatedAt.Ticks, added.StartAt?.Ticks, added.Version,
        added.Tags is null ? null : JsonSerializer.Serialize(added.Tags, HistoryJson.Default.DictionaryStringString), added.Input,
        added.Parent?.Key, added.Parent?.Generation, added.Parent?.TaskId, added.Parent?.InstanceId, added.Parent?.Name, added.Trace);

    /// <summary>Stores a new instance, whose id must be free, and returns its key.</summary>
    public static long Insert(SqliteSession s, NewInstance added) =>
        TryInsert(s, added) ?? throw new InvalidOperationException($"The id '{added.Id}' is in use.");

    /// <summary>Puts an event into the inbox of an instance and returns its sequence.</summary>
    public static long Post(SqliteSession s, long key, HistoryEvent happened) => s.Scalar<long>(
        "INSERT INTO inbox(instance, event) VALUES(?1, ?2) RETURNING sequence",
        key, ToJson(happened));

    /// <summary>An event as the inbox holds it.</summary>
    public static string ToJson(HistoryEvent happened) => JsonSerializer.Serialize(happened, HistoryJson.Default.HistoryEvent);

    /// <summary>Deletes a finished instance and, recursively, the finished ones it started; returns how many.</summary>
    public static int Purge(SqliteSession s, long key, bool recursive)
    {
        var purged = 0;
        if (recursive)
        {
            foreach (var child in s.Query("SELECT key FROM instances WHERE parent = ?1 AND status NOT IN (0, 6, 7)", r => r.GetInt64(0), key))
                purged += Purge(s, child, recursive);
        }

        return purged + Delete(s, key);
    }

    /// <summary>Deletes an instance with its history; returns whether (1) it was there or not (0).</summary>
    public static int Delete(SqliteSession s, long key)
    {
        s.Execute("DELETE FROM turns WHERE instance = ?1", key);
        s.Execute("DELETE FROM inbox WHERE instance = ?1", key);
        return s.Execute("DELETE FROM instances WHERE key = ?1", key);
    }
}
