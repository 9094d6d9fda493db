using Microsoft.Data.Sqlite;
using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>What statistics read: two indexes and no ticket.</summary>
internal static class SqliteFacts
{
    // What the analysis said is JSON in the ticket. As expressions of the index it is taken out when the ticket is written.
    private const string Analysis =
        "details ->> '$.triage.source', details ->> '$.triage.proposed.type', details ->> '$.triage.proposed.priority', "
        + "details -> '$.triage.proposed.relatedSkills' = details -> '$.relatedSkills'";

    private const string Rest = "status, priority, type, assignee_id, triage_state, first_response_at, resolved_at, proposed_assignee, " + Analysis;

    public const string Index = $"CREATE INDEX IF NOT EXISTS ticket_facts ON ticket(created_at, {Rest});";

    /// <summary>Those created at ?1 or later.</summary>
    public const string Since = $"SELECT created_at, {Rest} FROM ticket INDEXED BY ticket_facts WHERE created_at >= ?1";

    /// <summary>Those that are not done, without what the analysis said.</summary>
    public const string Open =
        "SELECT created_at, status, priority, type, assignee_id FROM ticket INDEXED BY ticket_by_status WHERE status IN ('TODO', 'IN_PROGRESS', 'WAITING')";

    public static TicketFact MapOpen(SqliteDataReader row) => new()
    {
        CreatedAt = row.Time(0),
        Status = EnumNames<TicketStatus>.Parse(row.GetString(1)),
        Priority = (TicketPriority)row.GetInt32(2),
        Type = EnumNames<TicketType>.Parse(row.GetString(3)),
        AssigneeId = row.TextOrNull(4) is { } assignee ? Guid.ParseExact(assignee, "D") : null,
    };

    public static TicketFact Map(SqliteDataReader row)
    {
        var fact = MapOpen(row);
        var hasProposal = !row.IsDBNull(10);
        return fact with
        {
            State = EnumNames<TriageState>.Parse(row.GetString(5)),
            FirstResponseAt = row.TimeOrNull(6),
            ResolvedAt = row.TimeOrNull(7),
            KeptAssignee = row.TextOrNull(8) is { } proposed ? fact.AssigneeId is { } assignee && assignee.Key() == proposed : null,
            Source = row.TextOrNull(9) is { } source ? EnumNames<TriageSource>.Parse(source) : null,
            KeptType = hasProposal ? EnumNames<TicketType>.Of(fact.Type) == row.GetString(10) : null,
            KeptPriority = hasProposal ? EnumNames<TicketPriority>.Of(fact.Priority) == row.GetString(11) : null,
            KeptSkills = hasProposal ? row.GetBoolean(12) : null,
        };
    }
}
