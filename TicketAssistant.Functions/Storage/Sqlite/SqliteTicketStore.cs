using Microsoft.Data.Sqlite;
using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Sqlite;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>Tickets and claims in SQLite.</summary>
internal sealed class SqliteTicketStore(SqliteStoreFile file) : ITicketStore
{
    internal const string Columns =
        "id, title, description, status, priority, type, requester, assignee, assignment, details, created_at, updated_at, version";

    /// <inheritdoc/>
    public Task<bool> InsertIfAbsentAsync(Ticket ticket, CancellationToken cancellationToken)
    {
        if (ticket.AssignedTo is not null)
        {
            throw new ArgumentException($"Ticket {ticket.Id} is new and already has an assignee; insert it without and call AssignAsync.", nameof(ticket));
        }

        return file.WriteAsync(
            s => s.Execute(
                """
                INSERT INTO ticket(id, title, description, status, priority, type, requester_id, requester, assignment,
                    triage_state, details, created_at, updated_at, version)
                VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT DO NOTHING
                """,
                ticket.Id.Key(), ticket.Title, ticket.Description, EnumNames<TicketStatus>.Of(ticket.Status), (int)ticket.Priority,
                EnumNames<TicketType>.Of(ticket.Type), ticket.CreatedBy.Id.Key(), SqliteValues.ToJson(ticket.CreatedBy),
                AssignmentOf(ticket), EnumNames<TriageState>.Of(ticket.Triage.State), SqliteValues.ToJson(TicketDetails.Of(ticket)),
                ticket.CreatedAt.UtcTicks, ticket.UpdatedAt.UtcTicks, ticket.Version) == 1,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Ticket?> FindAsync(Guid id, Guid? requesterId, CancellationToken cancellationToken) => file.ReadAsync(
        s => requesterId is { } requester
            ? s.First($"SELECT {Columns} FROM ticket WHERE id = ?1 AND requester_id = ?2", Map, id.Key(), requester.Key())
            : s.First($"SELECT {Columns} FROM ticket WHERE id = ?1", Map, id.Key()),
        cancellationToken);

    /// <inheritdoc/>
    public Task<Page<Ticket>> ListAsync(TicketQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        var list = new SqliteTicketList(query);
        return file.ReadAsync(
            s =>
            {
                var tickets = s.Page($"SELECT {Columns} FROM ticket {list.Clauses}", Map, list.Matches, query.Limit, list.Arguments);
                if (tickets.Count <= query.Limit) return new Page<Ticket>(tickets, null);
                tickets.RemoveAt(query.Limit);
                return new Page<Ticket>(tickets, PageCursor.OfTicket(tickets[^1].CreatedAt, tickets[^1].Id));
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<UpdateResult> UpdateAsync(Ticket ticket, CancellationToken cancellationToken) =>
        file.WriteAsync(s => Update(s, ticket), cancellationToken);

    /// <inheritdoc/>
    public Task<AssignmentOutcome> AssignAsync(AssignmentRequest request, CancellationToken cancellationToken)
    {
        var assignment = new SqliteAssignment(request);
        return file.WriteAsync(assignment.Run, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Ticket>> ListWaitingAsync(int limit, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<Ticket>>(
            s => s.Query($"SELECT {Columns} FROM {SqliteSchema.WaitingInOrder} LIMIT ?1", Map, limit),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Ticket>> ListFallbacksAsync(Guid? after, int limit, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<Ticket>>(
            s => s.Query(
                $"SELECT {Columns} FROM ticket INDEXED BY ticket_fallback WHERE {SqliteSchema.Fallback} AND id > ?1 ORDER BY id LIMIT ?2",
                Map, after?.Key() ?? "", limit),
            cancellationToken);

    /// <inheritdoc/>
    public Task<long> CountFallbacksAsync(CancellationToken cancellationToken) => file.ReadAsync(
        s => s.Scalar<long>($"SELECT COUNT(*) FROM ticket INDEXED BY ticket_fallback WHERE {SqliteSchema.Fallback}"),
        cancellationToken);

    private static UpdateResult Update(SqliteSession s, Ticket ticket)
    {
        var key = ticket.Id.Key();
        var stored = s.First(
            "SELECT version, status, assignee_id FROM ticket WHERE id = ?1",
            row => (Version: row.GetInt64(0), Status: row.GetString(1), Assignee: row.TextOrNull(2)),
            key);
        if (stored.Version != ticket.Version) return UpdateResult.Stale; // also where there is none: versions begin at 1

        var status = EnumNames<TicketStatus>.Of(ticket.Status);
        s.Execute(
            """
            UPDATE ticket SET title = ?2, description = ?3, status = ?4, priority = ?5, type = ?6, assignment = ?7,
                triage_state = ?8, details = ?9, updated_at = ?10, version = version + 1
            WHERE id = ?1
            """,
            key, ticket.Title, ticket.Description, status, (int)ticket.Priority, EnumNames<TicketType>.Of(ticket.Type),
            AssignmentOf(ticket), EnumNames<TriageState>.Of(ticket.Triage.State), SqliteValues.ToJson(TicketDetails.Of(ticket)),
            ticket.UpdatedAt.UtcTicks);

        var done = EnumNames<TicketStatus>.Of(TicketStatus.Done);
        if (stored.Assignee is not null && (stored.Status == done) != (status == done))
        {
            s.Execute(
                "UPDATE account SET open_tickets = open_tickets + ?2 WHERE id = ?1", stored.Assignee, status == done ? -1 : 1);
        }

        return UpdateResult.Updated;
    }

    private static string? AssignmentOf(Ticket ticket) =>
        ticket.Assignment is { } assignment ? SqliteValues.ToJson(assignment) : null;

    internal static Ticket Map(SqliteDataReader row)
    {
        var details = row.FromJson<TicketDetails>(9)!;
        return new()
        {
            Id = row.GetGuid(0),
            Title = row.GetString(1),
            Description = row.GetString(2),
            Status = EnumNames<TicketStatus>.Parse(row.GetString(3)),
            Priority = (TicketPriority)row.GetInt32(4),
            Type = EnumNames<TicketType>.Parse(row.GetString(5)),
            CreatedBy = row.FromJson<PersonRef>(6)!,
            AssignedTo = row.FromJson<PersonRef>(7),
            Assignment = row.FromJson<TicketAssignment>(8),
            RelatedSkills = details.RelatedSkills,
            Summary = details.Summary,
            HelpfulNotes = details.HelpfulNotes,
            Triage = details.Triage,
            HumanSet = details.HumanSet,
            CreatedAt = row.Time(10),
            UpdatedAt = row.Time(11),
            Version = row.GetInt64(12),
        };
    }
}
