using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Sqlite;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>
/// One <see cref="AssignmentRequest"/> as a transaction. Everything that needs no database is done before, because the writer
/// does one thing at a time.
/// </summary>
internal sealed class SqliteAssignment(AssignmentRequest request)
{
    /// <summary>
    /// Up to here each candidate is looked up (microseconds a head). Larger tiers are a good part of the staff: there it is
    /// quicker to walk the free ones in the order of choice until one is a candidate: with 10,000 about 1 ms instead of 20.
    /// </summary>
    private const int LookUpAtMost = 256;

    private const string FreeSlot = "(capacity IS NULL OR open_tickets < capacity)";

    /// <summary>Who can be given another ticket.</summary>
    public const string IsFree = $"{SqliteSchema.Free} AND {FreeSlot}";

    // Never assigned is NULL, and SQLite sorts NULL first.
    private const string OrderOfChoice = "ORDER BY open_tickets, last_assigned_at, account.id";

    private readonly string _ticket = request.TicketId.Key();

    private readonly Dictionary<Guid, AssignmentCandidate>[] _tiers = [.. request.Tiers.Select(ById)];

    public AssignmentOutcome Run(SqliteSession s)
    {
        if (s.Scalar<long>("SELECT EXISTS(SELECT 1 FROM claim WHERE ticket_id = ?1 AND revision = ?2)", _ticket, request.Revision) == 1)
        {
            return AssignmentOutcome.Assigned;
        }

        var (found, stored) = s.First(
            "SELECT assignee, last_entry, priority, version FROM ticket WHERE id = ?1 AND status <> ?2",
            row => (true, new Stored(row.FromJson<PersonRef>(0), row.GetInt32(1), (TicketPriority)row.GetInt32(2), row.GetInt64(3))),
            _ticket, EnumNames<TicketStatus>.Of(TicketStatus.Done));
        if (!found) return AssignmentOutcome.NotAssignable;

        foreach (var tier in _tiers)
        {
            if (Choose(s, tier) is not { } chosen) continue;
            Give(s, chosen, stored!);
            return AssignmentOutcome.Assigned;
        }

        return Array.Exists(_tiers, tier => HasStaff(s, tier)) ? AssignmentOutcome.NobodyFree : AssignmentOutcome.NoCandidates;
    }

    private static Dictionary<Guid, AssignmentCandidate> ById(AssignmentTier tier)
    {
        var candidates = new Dictionary<Guid, AssignmentCandidate>(tier.Candidates.Count);
        foreach (var candidate in tier.Candidates) candidates.TryAdd(candidate.UserId, candidate);
        return candidates;
    }

    private static AssignmentCandidate? Choose(SqliteSession s, Dictionary<Guid, AssignmentCandidate> tier) =>
        tier.Count <= LookUpAtMost
            ? s.First(
                // CROSS JOIN fixes the order: look the candidates up one by one, don't walk all accounts.
                $"""
                SELECT account.id FROM json_each(?1) AS candidate CROSS JOIN account ON account.id = candidate.value
                WHERE {IsFree} {OrderOfChoice} LIMIT 1
                """,
                row => tier[row.GetGuid(0)],
                SqliteValues.ToJson(tier.Keys))
            : s.Pick(
                $"SELECT id FROM account INDEXED BY account_available WHERE {IsFree} {OrderOfChoice}",
                row => tier.GetValueOrDefault(row.GetGuid(0)));

    private static bool HasStaff(SqliteSession s, Dictionary<Guid, AssignmentCandidate> tier) => s.Scalar<long>(
        $"""
        SELECT EXISTS(SELECT 1 FROM json_each(?1) AS candidate CROSS JOIN account ON account.id = candidate.value
        WHERE {SqliteSchema.Staff})
        """,
        SqliteValues.ToJson(tier.Keys)) == 1;

    private void Give(SqliteSession s, AssignmentCandidate chosen, Stored stored)
    {
        var (previous, entry) = (stored.Assignee, stored.LastEntry + 1);
        var awaited = request.Acknowledgement?.Begin(stored.Priority, stored.Version + 1, request.At);
        var assignee = chosen.UserId.Key();
        var at = request.At.UtcTicks;
        var person = s.First(
            "SELECT email, name FROM account WHERE id = ?1", row => new PersonRef(chosen.UserId, row.GetString(0), row.GetString(1)), assignee)!;
        s.Execute("INSERT INTO claim(ticket_id, revision, assignee_id, at) VALUES(?1, ?2, ?3, ?4)", _ticket, request.Revision, assignee, at);
        s.Execute(
            """
            UPDATE ticket SET assignee_id = ?2, assignee = ?3, assignment = ?4, updated_at = ?5, version = version + 1,
                assignments = assignments + 1, proposed_assignee = ?2, last_entry = ?6, acknowledgement = ?7, acknowledge_by = ?8
            WHERE id = ?1
            """,
            _ticket, assignee, SqliteValues.ToJson(person), SqliteValues.ToJson(chosen.Assignment), at, entry,
            awaited is null ? null : SqliteValues.ToJson(awaited), awaited?.DueAt.UtcTicks);
        SqliteTimeline.Add(s, _ticket, request.EntryOf(chosen, previous, person, entry));
        s.Execute("UPDATE account SET open_tickets = open_tickets + 1, last_assigned_at = ?2 WHERE id = ?1", assignee, at);
        if (previous is not null) s.Execute("UPDATE account SET open_tickets = open_tickets - 1 WHERE id = ?1", previous.Id.Key());
    }

    /// <summary>What of the ticket is needed.</summary>
    private sealed record Stored(PersonRef? Assignee, int LastEntry, TicketPriority Priority, long Version);
}
