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
        "ticket_id, kind, recipient_id, revision, message_id, attempts, owed_at, sent_at, sending_until, last_error, closed";

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
                WHERE {WithKey} AND sent_at IS NULL AND closed IS NULL AND (sending_until IS NULL OR sending_until <= ?5)
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
            [.. Arguments(key), Bounded(reason)]),
        cancellationToken);

    /// <inheritdoc/>
    public Task CloseAsync(
        MailKey key, string messageId, DateTimeOffset at, MailClosure closure, string reason, CancellationToken cancellationToken) => file.WriteAsync(
        s => s.Execute(
            """
            INSERT INTO mail(ticket_id, kind, recipient_id, revision, message_id, attempts, owed_at, closed, last_error)
            VALUES(?1, ?2, ?3, ?4, ?5, 0, ?6, ?7, ?8)
            ON CONFLICT DO UPDATE SET closed = ?7, last_error = ?8, sending_until = NULL WHERE sent_at IS NULL
            """,
            [.. Arguments(key), messageId, at.UtcTicks, EnumNames<MailClosure>.Of(closure), Bounded(reason)]),
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ReopenAsync(MailKey key, DateTimeOffset at, CancellationToken cancellationToken) => file.WriteAsync(
        s => s.Execute($"UPDATE mail SET closed = NULL, owed_at = ?5 WHERE {WithKey} AND sent_at IS NULL AND closed IS NOT NULL", [.. Arguments(key), at.UtcTicks]) == 1,
        cancellationToken);

    /// <inheritdoc/>
    public Task<Page<MailLedgerEntry>> ListAsync(MailQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        List<object?> arguments = [];
        List<string> conditions = ["true"];
        if (query.RecipientId is { } recipient) conditions.Add($"recipient_id = {Argument(recipient.Key())}");
        if (query.State is { } state)
        {
            conditions.Add(state switch
            {
                MailState.Owed => "sent_at IS NULL AND closed IS NULL",
                MailState.Sent => "sent_at IS NOT NULL",
                MailState.Failed => $"closed = '{EnumNames<MailClosure>.Of(MailClosure.Failed)}'",
                _ => $"closed = '{EnumNames<MailClosure>.Of(MailClosure.Suppressed)}'",
            });
        }

        if (query.Cursor is not null)
        {
            var (at, key) = PageCursor.ParseMail(query.Cursor);
            var values = string.Join(", ", Arguments(key).Prepend(at.UtcTicks).Select(Argument));
            conditions.Add($"(owed_at, ticket_id, kind, recipient_id, revision) < ({values})");
        }

        var sql = $"""
            SELECT {Columns} FROM mail WHERE {string.Join(" AND ", conditions)}
            ORDER BY owed_at DESC, ticket_id DESC, kind DESC, recipient_id DESC, revision DESC LIMIT {Argument(query.Limit + 1)}
            """;
        return file.ReadAsync(
            s =>
            {
                var mails = s.Query(sql, Map, [.. arguments]);
                if (mails.Count <= query.Limit) return new Page<MailLedgerEntry>(mails, null);
                mails.RemoveAt(query.Limit);
                return new Page<MailLedgerEntry>(mails, PageCursor.OfMail(mails[^1]));
            },
            cancellationToken);

        string Argument(object? value)
        {
            arguments.Add(value);
            return $"?{arguments.Count}";
        }
    }

    /// <inheritdoc/>
    public Task ForgetAsync(Guid recipientId, CancellationToken cancellationToken) => file.WriteAsync(
        s => s.Execute(
            """
            UPDATE mail SET last_error = NULL, sending_until = NULL, closed = CASE WHEN sent_at IS NULL THEN coalesce(closed, ?2) END
            WHERE recipient_id = ?1
            """,
            recipientId.Key(), EnumNames<MailClosure>.Of(MailClosure.Suppressed)),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailLedgerEntry>> ListOfTicketAsync(Guid ticketId, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<MailLedgerEntry>>(
            s => s.Query($"SELECT {Columns} FROM mail WHERE ticket_id = ?1", Map, ticketId.Key()), cancellationToken);

    /// <inheritdoc/>
    public Task<MailLedgerEntry?> FindAsync(MailKey key, CancellationToken cancellationToken) =>
        file.ReadAsync(s => Find(s, key), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailLedgerEntry>> ListUnsentAsync(DateTimeOffset owedBefore, int limit, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<MailLedgerEntry>>(
            s => s.Query(
                $"SELECT {Columns} FROM mail WHERE sent_at IS NULL AND closed IS NULL AND owed_at < ?1 ORDER BY owed_at LIMIT ?2",
                Map, owedBefore.UtcTicks, limit),
            cancellationToken);

    private static MailLedgerEntry? Find(SqliteSession s, MailKey key) =>
        s.First($"SELECT {Columns} FROM mail WHERE {WithKey}", Map, Arguments(key));

    private static string Bounded(string reason) => reason.Length <= LongestReason ? reason : reason[..LongestReason];

    private static object?[] Arguments(MailKey key) =>
        [key.TicketId.Key(), EnumNames<MailKind>.Of(key.Kind), key.RecipientId.Key(), key.Revision];

    internal static MailLedgerEntry Map(SqliteDataReader row) => new(
        new MailKey(row.GetGuid(0), EnumNames<MailKind>.Parse(row.GetString(1)), row.GetGuid(2), row.GetInt64(3)),
        row.GetString(4),
        row.GetInt32(5),
        row.Time(6),
        row.TimeOrNull(7),
        row.TimeOrNull(8),
        row.TextOrNull(9),
        row.TextOrNull(10) is { } closed ? EnumNames<MailClosure>.Parse(closed) : null);
}
