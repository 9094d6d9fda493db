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
        + "assignments, proposed_assignee, first_response_at, resolved_at, last_entry, acknowledgement";

    internal const string Changes =
        """
        SELECT id, requester_id, version, updated_at FROM ticket INDEXED BY ticket_by_updated
        WHERE (updated_at, id) > (?1, ?2) ORDER BY updated_at, id LIMIT ?3
        """;

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
                var (rows, arguments) = list.Statement(s);
                var tickets = s.Query($"SELECT {Columns} FROM ticket WHERE rowid IN ({rows}) ORDER BY {list.Order}", Map, arguments);
                if (tickets.Count <= query.Limit) return new Page<Ticket>(tickets, null);
                tickets.RemoveAt(query.Limit);
                return new Page<Ticket>(tickets, PageCursor.OfTicket(query.Sort, tickets[^1]));
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketStamp>> ListChangesAsync(DateTimeOffset from, TicketStamp? after, int limit, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<TicketStamp>>(
            s => s.Query(
                Changes,
                row => new TicketStamp(row.GetGuid(0), row.GetGuid(1), row.GetInt64(2), row.Time(3)),
                (after?.UpdatedAt ?? from).UtcTicks, after?.TicketId.Key() ?? "", limit),
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketFact>> ListOpenFactsAsync(CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<TicketFact>>(s => s.Query(SqliteFacts.Open, SqliteFacts.MapOpen), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketFact>> ListFactsAsync(DateTimeOffset from, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<TicketFact>>(s => s.Query(SqliteFacts.Since, SqliteFacts.Map, from.UtcTicks), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DateTimeOffset>> ListResolvedAsync(DateTimeOffset from, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<DateTimeOffset>>(s => s.Query(SqliteFacts.Resolved, row => row.Time(0), from.UtcTicks), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Ticket>> ListSimilarAsync(Ticket ticket, int limit, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<Ticket>>(
            s =>
            {
                // The highest rowid is about the number of tickets, and there at once.
                var likeness = new Likeness<long>(ticket, s.Scalar<long>("SELECT MAX(rowid) FROM ticket"));
                foreach (var word in likeness.Words) likeness.Add(word, SqliteSearch.RowsWith(s, word, likeness.Most + 1));
                return
                [
                    .. likeness.Ranked()
                        .Select(row => s.First($"SELECT {Columns} FROM ticket WHERE rowid = ?1", Map, row))
                        .OfType<Ticket>().Where(other => other.IsEarlierThan(ticket)).Take(limit),
                ];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<UpdateResult> UpdateAsync(TicketChange change, CancellationToken cancellationToken)
    {
        var update = new SqliteUpdate(change);
        return file.WriteAsync(update.Run, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<UpdateResult> RewriteAsync(Ticket ticket, IReadOnlyList<TimelineEntry> entries, CancellationToken cancellationToken)
    {
        var update = new SqliteUpdate(new TicketChange(ticket));
        return file.WriteAsync(
            s =>
            {
                var result = update.Run(s);
                if (result != UpdateResult.Updated) return result;
                s.Execute(
                    "UPDATE ticket SET requester = ?2, assignee = ?3 WHERE id = ?1",
                    ticket.Id.Key(), SqliteValues.ToJson(ticket.CreatedBy), ticket.AssignedTo is { } assignee ? SqliteValues.ToJson(assignee) : null);
                foreach (var entry in entries)
                {
                    s.Execute(
                        "UPDATE timeline SET entry = ?3 WHERE ticket_id = ?1 AND seq = ?2", ticket.Id.Key(), entry.Seq, SqliteValues.ToJson(entry));
                }

                return result;
            },
            cancellationToken);
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
    public Task<IReadOnlyList<Ticket>> ListUnacknowledgedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        file.ReadAsync<IReadOnlyList<Ticket>>(
            s => s.Query(
                $"SELECT {Columns} FROM ticket INDEXED BY ticket_unacknowledged WHERE acknowledge_by < ?1 ORDER BY acknowledge_by LIMIT ?2",
                Map, before.UtcTicks, limit),
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

    internal static string? AcknowledgementOf(Ticket ticket) =>
        ticket.Acknowledgement is { } acknowledgement ? SqliteValues.ToJson(acknowledgement) : null;

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
            Acknowledgement = row.FromJson<TicketAcknowledgement>(18),
        };
    }
}
