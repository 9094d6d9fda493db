using Microsoft.Data.Sqlite;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage.Transfer;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Sqlite;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>Everything in the SQLite store, out and in.</summary>
internal sealed class SqliteTransfer(SqliteStoreFile file) : IStoreTransfer
{
    private const int Constraint = 19;

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoreRecord>> ReadUsersAsync(Guid? after, int limit, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<StoreRecord>>(
            s => s.Query(
                $"SELECT {SqliteUserStore.Columns} FROM account WHERE id > ?1 ORDER BY id LIMIT ?2",
                row => new StoreRecord { User = SqliteUserStore.Map(row) },
                after?.Key() ?? "", limit),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoreRecord>> ReadTicketsAsync(Guid? after, int limit, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<StoreRecord>>(
            s =>
            {
                var tickets = s.Query(
                    $"SELECT {SqliteTicketStore.Columns} FROM ticket WHERE id > ?1 ORDER BY id LIMIT ?2", SqliteTicketStore.Map, after?.Key() ?? "", limit);
                return [.. tickets.Select(ticket => new StoreRecord
                {
                    Ticket = ticket,
                    Claims = ClaimsOf(s, ticket.Id),
                    Timeline = SqliteTimeline.List(s, new TimelineQuery(ticket.Id, 0, int.MaxValue, PublicOnly: false)),
                    Effects = EffectsOf(s, ticket.Id),
                })];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoreRecord>> ReadMailsAsync(MailKey? after, int limit, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<StoreRecord>>(
            s => s.Query(
                $"""
                SELECT {SqliteMailLedger.Columns} FROM mail
                WHERE (ticket_id, kind, recipient_id, revision) > (?1, ?2, ?3, ?4)
                ORDER BY ticket_id, kind, recipient_id, revision LIMIT ?5
                """,
                row => new StoreRecord { Mail = SqliteMailLedger.Map(row) },
                after?.TicketId.Key() ?? "", after is null ? "" : EnumNames<MailKind>.Of(after.Kind), after?.RecipientId.Key() ?? "", after?.Revision ?? 0L,
                limit),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoreRecord>> ReadAuditAsync(Guid? after, int limit, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<StoreRecord>>(
            s => s.Query(
                $"SELECT {SqliteAuditLog.Columns} FROM audit WHERE id > ?1 ORDER BY id LIMIT ?2",
                row => new StoreRecord { Audit = SqliteAuditLog.Map(row) },
                after?.Key() ?? "", limit),
            cancellationToken);

    /// <inheritdoc/>
    public async Task WriteAsync(IReadOnlyList<StoreRecord> records, CancellationToken cancellationToken)
    {
        try
        {
            StoreRecord[] all = [.. records];
            await file.WriteAsync(
                s =>
                {
                    foreach (var record in all) Write(s, record);
                    return all.Length;
                },
                cancellationToken);
        }
        catch (SqliteException e) when (e.SqliteErrorCode == Constraint)
        {
            throw new InvalidDataException("A user of the file has the e-mail address of another user in this store; import into an empty store.", e);
        }
    }

    /// <inheritdoc/>
    public Task CompleteAsync(CancellationToken cancellationToken) => file.WriteAsync(
        s => s.Execute(
            """
            UPDATE account SET open_tickets =
                (SELECT COUNT(*) FROM ticket WHERE assignee_id = account.id AND status <> 'DONE')
            """) + s.Execute("UPDATE directory SET version = version + 1"),
        cancellationToken);

    private static List<StoreClaim> ClaimsOf(SqliteSession s, Guid ticketId) => s.Query(
        "SELECT revision, assignee_id, at FROM claim WHERE ticket_id = ?1 ORDER BY revision",
        row => new StoreClaim(row.GetInt32(0), row.GetGuid(1), row.Time(2)),
        ticketId.Key());

    private static List<StoreEffect> EffectsOf(SqliteSession s, Guid ticketId) => s.Query(
        "SELECT version, at, effect FROM effect WHERE ticket_id = ?1 ORDER BY version, number",
        row => new StoreEffect(row.GetInt64(0), row.Time(1), row.FromJson<TicketEffect>(2)!),
        ticketId.Key());

    private static void Write(SqliteSession s, StoreRecord record)
    {
        if (record.User is { } user) Write(s, user);
        if (record.Ticket is { } ticket) Write(s, ticket, record);
        if (record.Mail is { } mail) Write(s, mail);
        if (record.Audit is { } entry) SqliteAuditLog.Add(s, entry);
    }

    // Updated, not replaced: REPLACE would silently delete another user with the same address.
    private static void Write(SqliteSession s, User user) => s.Execute(
        $"""
        INSERT INTO account({SqliteUserStore.Columns}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10, ?11, ?12, ?13, ?14, ?15)
        ON CONFLICT(id) DO UPDATE SET email = ?2, name = ?3, password_hash = ?4, role = ?5, skills = ?6, away = ?7, capacity = ?8,
            token_version = ?9, last_assigned_at = ?10, created_at = ?11, version = ?12,
            active = ?13, away_until = ?14, details = ?15
        """,
        user.Id.Key(), user.Email, user.Name, user.PasswordHash, EnumNames<Role>.Of(user.Role), SqliteValues.ToJson(user.Skills), user.Away,
        user.Capacity, user.TokenVersion, user.LastAssignedAt?.UtcTicks, user.CreatedAt.UtcTicks, user.Version,
        user.Active, user.AwayUntil?.UtcTicks, SqliteValues.ToJson(AccountDetails.Of(user)));

    private static void Write(SqliteSession s, Ticket ticket, StoreRecord record)
    {
        var key = ticket.Id.Key();
        // Deleted and not only replaced: a replacement doesn't tell the triggers of the row that goes.
        s.Execute("DELETE FROM ticket WHERE id = ?1", key);
        s.Execute(
            """
            INSERT INTO ticket(id, title, description, status, priority, type, requester_id, requester, assignee_id, assignee,
                assignment, triage_state, details, created_at, updated_at, version, assignments, proposed_assignee, first_response_at,
                resolved_at, last_entry, acknowledgement, acknowledge_by)
            VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23)
            """,
            key, ticket.Title, ticket.Description, EnumNames<TicketStatus>.Of(ticket.Status), (int)ticket.Priority,
            EnumNames<TicketType>.Of(ticket.Type), ticket.CreatedBy.Id.Key(), SqliteValues.ToJson(ticket.CreatedBy), ticket.AssignedTo?.Id.Key(),
            ticket.AssignedTo is { } assignee ? SqliteValues.ToJson(assignee) : null, SqliteTicketStore.AssignmentOf(ticket), EnumNames<TriageState>.Of(ticket.Triage.State),
            SqliteValues.ToJson(TicketDetails.Of(ticket)), ticket.CreatedAt.UtcTicks, ticket.UpdatedAt.UtcTicks, ticket.Version,
            ticket.Assignments, ticket.ProposedAssignee?.Key(), ticket.FirstResponseAt?.UtcTicks, ticket.ResolvedAt?.UtcTicks, ticket.LastEntry,
            SqliteTicketStore.AcknowledgementOf(ticket), ticket.Acknowledgement?.DueAt.UtcTicks);
        foreach (var table in new[] { "claim", "timeline", "effect" }) s.Execute($"DELETE FROM {table} WHERE ticket_id = ?1", key);
        foreach (var entry in record.Timeline ?? []) SqliteTimeline.Add(s, key, entry);
        foreach (var effect in record.Effects ?? []) SqliteEffects.Add(s, new EffectsKey(ticket.Id, effect.Version), effect.Effect, effect.At);
        foreach (var claim in record.Claims ?? [])
        {
            s.Execute(
                "INSERT INTO claim(ticket_id, revision, assignee_id, at) VALUES(?1, ?2, ?3, ?4)",
                key, claim.Revision, claim.AssigneeId.Key(), claim.At.UtcTicks);
        }
    }

    private static void Write(SqliteSession s, MailLedgerEntry mail) => s.Execute(
        $"INSERT OR REPLACE INTO mail({SqliteMailLedger.Columns}) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        mail.Key.TicketId.Key(), EnumNames<MailKind>.Of(mail.Key.Kind), mail.Key.RecipientId.Key(), mail.Key.Revision, mail.MessageId,
        mail.Attempts, mail.OwedAt.UtcTicks, mail.SentAt?.UtcTicks, mail.SendingUntil?.UtcTicks, mail.LastError,
        mail.ClosedAs is { } closure ? EnumNames<MailClosure>.Of(closure) : null);
}
