using Microsoft.Data.Sqlite;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Json;
using TicketAssistant.Sqlite;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>The audit log in SQLite: a table that refuses to be changed or emptied.</summary>
internal sealed class SqliteAuditLog(SqliteStoreFile file) : IAuditLog
{
    internal const string Columns = "id, at, action, actor_id, subject, detail";

    /// <summary>Repeatable: makes the table, its indexes and its guards.</summary>
    public const string Table = """
        CREATE TABLE IF NOT EXISTS audit(
            id TEXT NOT NULL PRIMARY KEY,
            at INTEGER NOT NULL,
            action TEXT NOT NULL,
            actor_id TEXT,
            subject TEXT,
            detail TEXT) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS audit_by_time ON audit(at, id, action);
        CREATE INDEX IF NOT EXISTS audit_by_actor ON audit(actor_id, at, id);
        CREATE INDEX IF NOT EXISTS audit_by_subject ON audit(subject, at, id);
        CREATE TRIGGER IF NOT EXISTS audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
        CREATE TRIGGER IF NOT EXISTS audit_is_not_emptied BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
        """;

    /// <summary>Adds an entry within somebody's transaction; the same one again changes nothing.</summary>
    public static void Add(SqliteSession s, AuditEntry entry) => s.Execute(
        $"INSERT INTO audit({Columns}) VALUES(?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
        entry.Id.Key(), entry.At.UtcTicks, EnumNames<AuditAction>.Of(entry.Action), entry.ActorId?.Key(), entry.Subject, entry.Detail);

    /// <inheritdoc/>
    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken) => file.WriteAsync(
        s =>
        {
            Add(s, entry);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Page<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        List<object?> arguments = [];
        List<string> conditions = ["true"];
        if (query.ActorId is { } actor) conditions.Add($"actor_id = {Argument(actor.Key())}");
        if (query.Subject is { } subject) conditions.Add($"subject = {Argument(subject)}");
        if (query.Action is { } action) conditions.Add($"action = {Argument(EnumNames<AuditAction>.Of(action))}");
        if (query.From is { } from) conditions.Add($"at >= {Argument(from.UtcTicks)}");
        if (query.To is { } to) conditions.Add($"at <= {Argument(to.UtcTicks)}");
        if (query.Cursor is not null)
        {
            var (at, id) = PageCursor.ParseAudit(query.Cursor);
            conditions.Add($"(at, id) < ({Argument(at.UtcTicks)}, {Argument(id.Key())})");
        }

        var sql = $"SELECT {Columns} FROM audit WHERE {string.Join(" AND ", conditions)} ORDER BY at DESC, id DESC LIMIT {Argument(query.Limit + 1)}";
        return file.ReadAsync(
            s =>
            {
                var entries = s.Query(sql, Map, [.. arguments]);
                if (entries.Count <= query.Limit) return new Page<AuditEntry>(entries, null);
                entries.RemoveAt(query.Limit);
                return new Page<AuditEntry>(entries, PageCursor.OfAudit(entries[^1]));
            },
            cancellationToken);

        string Argument(object? value)
        {
            arguments.Add(value);
            return $"?{arguments.Count}";
        }
    }

    internal static AuditEntry Map(SqliteDataReader row) => new(
        row.GetGuid(0), row.Time(1), EnumNames<AuditAction>.Parse(row.GetString(2)), row.IsDBNull(3) ? null : row.GetGuid(3), row.TextOrNull(4), row.TextOrNull(5));
}
