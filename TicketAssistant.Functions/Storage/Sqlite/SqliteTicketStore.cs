using Microsoft.Data.Sqlite;
using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Timeline;
using TicketAssistant.Sqlite;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>Tickets and claims in SQLite.</summary>
internal sealed class SqliteTicketStore(SqliteStoreFile file) : ITicketStore
{
    internal const string Columns =
        "id, title, description, status, priority, type, requester, assignee, assignment, details, created_at, updated_at, version, "
        + "assignments, proposed_assignee, first_response_at, resolved_at, last_entry";

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
                    triage_state, details, created_at, updated_at, version, assignments, first_response_at, resolved_at, last_entry)
                VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18) ON CONFLICT DO NOTHING
                """,
                ticket.Id.Key(), ticket.Title, ticket.Description, EnumNames<TicketStatus>.Of(ticket.Status), (int)ticket.Priority,
                EnumNames<TicketType>.Of(ticket.Type), ticket.CreatedBy.Id.Key(), SqliteValues.ToJson(ticket.CreatedBy),
                AssignmentOf(ticket), EnumNames<TriageState>.Of(ticket.Triage.State), SqliteValues.ToJson(TicketDetails.Of(ticket)),
                ticket.CreatedAt.UtcTicks, ticket.UpdatedAt.UtcTicks, ticket.Version, ticket.Assignments,
                ticket.FirstResponseAt?.UtcTicks, ticket.ResolvedAt?.UtcTicks, ticket.LastEntry) == 1,
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
    public Task<UpdateResult> UpdateAsync(TicketChange change, CancellationToken cancellationToken)
    {
        var update = new SqliteUpdate(change);
        return file.WriteAsync(update.Run, cancellationToken);
    }

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
    public Task<IReadOnlyList<TimelineEntry>> ListTimelineAsync(TimelineQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        return file.ReadAsync<IReadOnlyList<TimelineEntry>>(s => SqliteTimeline.List(s, query), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketEffect>> ListEffectsAsync(EffectsKey key, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<TicketEffect>>(s => SqliteEffects.List(s, key), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<EffectsKey>> ListLeftoverEffectsAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<EffectsKey>>(s => SqliteEffects.ListLeftover(s, before, limit), cancellationToken);

    /// <inheritdoc/>
    public Task SettleEffectAsync(EffectsKey key, int number, CancellationToken cancellationToken) =>
        file.WriteAsync(s => SqliteEffects.Settle(s, key, number), cancellationToken);

    internal static string? AssignmentOf(Ticket ticket) =>
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
            ReleasedBy = details.ReleasedBy,
            HumanSet = details.HumanSet,
            Feedback = details.Feedback,
            CreatedAt = row.Time(10),
            UpdatedAt = row.Time(11),
            Version = row.GetInt64(12),
            Assignments = row.GetInt32(13),
            ProposedAssignee = row.IsDBNull(14) ? null : row.GetGuid(14),
            FirstResponseAt = row.TimeOrNull(15),
            ResolvedAt = row.TimeOrNull(16),
            LastEntry = row.GetInt32(17),
        };
    }
}
