using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Sqlite;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>One <see cref="TicketChange"/> as a transaction.</summary>
internal sealed class SqliteUpdate
{
    private static readonly string Done = EnumNames<TicketStatus>.Of(TicketStatus.Done);

    private readonly TicketChange _change;
    private readonly Ticket _ticket;
    private readonly string _key;
    private readonly string _details;

    /// <exception cref="ArgumentException">The entries' numbers don't go on from those that the ticket has.</exception>
    public SqliteUpdate(TicketChange change)
    {
        change.CheckNumbers();
        _change = change;
        _ticket = change.Ticket;
        _key = _ticket.Id.Key();
        // Before the transaction, because the writer does one thing at a time.
        _details = SqliteValues.ToJson(TicketDetails.Of(_ticket));
    }

    public UpdateResult Run(SqliteSession s)
    {
        var stored = s.First(
            "SELECT version, status, assignee_id FROM ticket WHERE id = ?1",
            row => (Version: row.GetInt64(0), Status: row.GetString(1), Assignee: row.TextOrNull(2)),
            _key);
        if (stored.Version != _ticket.Version) return UpdateResult.Stale; // also where there is none: versions begin at 1

        var assignee = stored.Assignee;
        if (_change.Assignee is { } wish)
        {
            PersonRef? person = null;
            if (wish.To is { } to)
            {
                person = s.First(
                    $"SELECT email, name FROM account WHERE id = ?1 AND {(wish.OnlyIfFree ? SqliteAssignment.IsFree : SqliteSchema.Staff)}",
                    row => new PersonRef(to, row.GetString(0), row.GetString(1)),
                    to.Key());
                if (person is null) return UpdateResult.NotStaff;
            }

            assignee = Give(s, person);
            if (wish.ByApp) s.Execute("UPDATE ticket SET proposed_assignee = ?2 WHERE id = ?1", _key, assignee);
        }

        Replace(s);
        Count(s, stored.Status == Done ? null : stored.Assignee, _ticket.Status == TicketStatus.Done ? null : assignee);
        foreach (var entry in _change.Entries) SqliteTimeline.Add(s, _key, entry);
        foreach (var effect in _change.Effects) SqliteEffects.Add(s, _change.EffectsKey, effect, _ticket.UpdatedAt);
        return UpdateResult.Updated;
    }

    private string? Give(SqliteSession s, PersonRef? person)
    {
        var assignee = person?.Id.Key();
        s.Execute("UPDATE ticket SET assignee_id = ?2, assignee = ?3 WHERE id = ?1", _key, assignee, person is null ? null : SqliteValues.ToJson(person));
        if (assignee is null)
        {
            s.Execute("DELETE FROM claim WHERE ticket_id = ?1 AND revision = ?2", _key, _ticket.Triage.Revision);
            return null;
        }

        s.Execute(
            "INSERT INTO claim(ticket_id, revision, assignee_id, at) VALUES(?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            _key, _ticket.Triage.Revision, assignee, _ticket.UpdatedAt.UtcTicks);
        s.Execute("UPDATE account SET last_assigned_at = ?2 WHERE id = ?1", assignee, _ticket.UpdatedAt.UtcTicks);
        return assignee;
    }

    private void Replace(SqliteSession s) => s.Execute(
        """
        UPDATE ticket SET title = ?2, description = ?3, status = ?4, priority = ?5, type = ?6, assignment = ?7,
            triage_state = ?8, details = ?9, updated_at = ?10, assignments = ?11, first_response_at = ?12, resolved_at = ?13,
            last_entry = ?14, acknowledgement = ?15, acknowledge_by = ?16, version = version + 1
        WHERE id = ?1
        """,
        _key, _ticket.Title, _ticket.Description, EnumNames<TicketStatus>.Of(_ticket.Status), (int)_ticket.Priority,
        EnumNames<TicketType>.Of(_ticket.Type), SqliteTicketStore.AssignmentOf(_ticket), EnumNames<TriageState>.Of(_ticket.Triage.State),
        _details, _ticket.UpdatedAt.UtcTicks, _ticket.Assignments, _ticket.FirstResponseAt?.UtcTicks, _ticket.ResolvedAt?.UtcTicks,
        _ticket.LastEntry, SqliteTicketStore.AcknowledgementOf(_ticket), _ticket.Acknowledgement?.DueAt.UtcTicks);

    /// <summary>A ticket counts with whoever has it while it is open.</summary>
    private static void Count(SqliteSession s, string? before, string? after)
    {
        if (before == after) return;
        if (before is not null) s.Execute("UPDATE account SET open_tickets = open_tickets - 1 WHERE id = ?1", before);
        if (after is not null) s.Execute("UPDATE account SET open_tickets = open_tickets + 1 WHERE id = ?1", after);
    }
}
