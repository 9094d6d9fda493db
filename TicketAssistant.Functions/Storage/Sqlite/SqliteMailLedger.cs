using Microsoft.Data.Sqlite;
using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Sqlite;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>The ledger of owed mails in SQLite.</summary>
internal sealed class SqliteMailLedger(SqliteStoreFile file) : IMailLedger
{
    private const int LongestReason = 500;

    internal const string Columns =
        "ticket_id, kind, recipient_id, revision, message_id, attempts, owed_at, sent_at, sending_until, last_error";

    private const string WithKey = "ticket_id = ?1 AND kind = ?2 AND recipient_id = ?3 AND revision = ?4";

    /// <inheritdoc/>
    public Task<MailLedgerEntry> OweAsync(MailKey key, string messageId, DateTimeOffset at, CancellationToken cancellationToken) =>
        file.WriteAsync(
            s =>
            {
                s.Execute(
                    """
                    INSERT INTO mail(ticket_id, kind, recipient_id, revision, message_id, attempts, owed_at)
                    VALUES(?1, ?2, ?3, ?4, ?5, 0, ?6) ON CONFLICT DO NOTHING
                    """,
                    [.. Arguments(key), messageId, at.UtcTicks]);
                return Find(s, key)!;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryBeginSendAsync(MailKey key, DateTimeOffset at, DateTimeOffset until, CancellationToken cancellationToken) =>
        file.WriteAsync(
            s => s.Execute(
                $"""
                UPDATE mail SET attempts = attempts + 1, sending_until = ?6
                WHERE {WithKey} AND sent_at IS NULL AND (sending_until IS NULL OR sending_until <= ?5)
                """,
                [.. Arguments(key), at.UtcTicks, until.UtcTicks]) == 1,
            cancellationToken);

    /// <inheritdoc/>
    public Task MarkSentAsync(MailKey key, DateTimeOffset at, CancellationToken cancellationToken) => file.WriteAsync(
        s => s.Execute(
            $"UPDATE mail SET sent_at = ?5, sending_until = NULL WHERE {WithKey} AND sent_at IS NULL",
            [.. Arguments(key), at.UtcTicks]),
        cancellationToken);

    /// <inheritdoc/>
    public Task MarkFailedAsync(MailKey key, string reason, CancellationToken cancellationToken) => file.WriteAsync(
        s => s.Execute(
            $"UPDATE mail SET last_error = ?5, sending_until = NULL WHERE {WithKey} AND sent_at IS NULL",
            [.. Arguments(key), reason.Length <= LongestReason ? reason : reason[..LongestReason]]),
        cancellationToken);

    /// <inheritdoc/>
    public Task<MailLedgerEntry?> FindAsync(MailKey key, CancellationToken cancellationToken) =>
        file.ReadAsync(s => Find(s, key), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailLedgerEntry>> ListUnsentAsync(DateTimeOffset owedBefore, int limit, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<MailLedgerEntry>>(
            s => s.Query(
                $"SELECT {Columns} FROM mail WHERE sent_at IS NULL AND owed_at < ?1 ORDER BY owed_at LIMIT ?2",
                Map, owedBefore.UtcTicks, limit),
            cancellationToken);

    private static MailLedgerEntry? Find(SqliteSession s, MailKey key) =>
        s.First($"SELECT {Columns} FROM mail WHERE {WithKey}", Map, Arguments(key));

    private static object?[] Arguments(MailKey key) =>
        [key.TicketId.Key(), EnumNames<MailKind>.Of(key.Kind), key.RecipientId.Key(), key.Revision];

    internal static MailLedgerEntry Map(SqliteDataReader row) => new(
        new MailKey(row.GetGuid(0), EnumNames<MailKind>.Parse(row.GetString(1)), row.GetGuid(2), row.GetInt64(3)),
        row.GetString(4),
        row.GetInt32(5),
        row.Time(6),
        row.TimeOrNull(7),
        row.TimeOrNull(8),
        row.TextOrNull(9));
}
