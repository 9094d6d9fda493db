using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Sqlite;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>Counted attempts in SQLite: writes come one after the other, so reading before writing is safe.</summary>
internal sealed class SqliteAttemptStore(SqliteStoreFile file) : IAttemptStore
{
    /// <inheritdoc/>
    public Task<AttemptResult> CountAsync(string key, AttemptRule rule, DateTimeOffset at, AuditEntry entry, CancellationToken cancellationToken) =>
        file.WriteAsync(
            s =>
            {
                var (state, result, begins) = AttemptState.Next(Find(s, key), rule, at);
                if (result.Wait is null) Write(s, key, state);
                if (begins) SqliteAuditLog.Add(s, entry);
                return result;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task SucceedAsync(string key, DateTimeOffset at, TimeSpan trust, CancellationToken cancellationToken) => file.WriteAsync(
        s =>
        {
            Write(s, key, new AttemptState(0, at, null, trust > TimeSpan.Zero ? at + trust : null));
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task PurgeAsync(DateTimeOffset at, TimeSpan memory, CancellationToken cancellationToken) => file.WriteAsync(
        s => s.Execute(
            "DELETE FROM attempt WHERE last_at <= ?1 AND (trusted_until IS NULL OR trusted_until <= ?2)", (at - memory).UtcTicks, at.UtcTicks),
        cancellationToken);

    private static AttemptState? Find(SqliteSession s, string key) => s.First(
        "SELECT count, last_at, wait_until, trusted_until FROM attempt WHERE key = ?1",
        row => new AttemptState(row.GetInt32(0), row.Time(1), row.TimeOrNull(2), row.TimeOrNull(3)),
        key);

    private static void Write(SqliteSession s, string key, AttemptState state) => s.Execute(
        "INSERT OR REPLACE INTO attempt(key, count, last_at, wait_until, trusted_until) VALUES(?1, ?2, ?3, ?4, ?5)",
        key, state.Count, state.LastAt.UtcTicks, state.WaitUntil?.UtcTicks, state.TrustedUntil?.UtcTicks);
}
