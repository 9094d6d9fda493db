using Microsoft.Data.Sqlite;
using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>
/// What statistics read: indexes and no ticket. What is one of few values, and what the analysis said, which is JSON in the
/// ticket, is one number in the index, made when the ticket is written: thousands of them are read at once.
/// </summary>
internal static class SqliteFacts
{
    // Each value's place in the number, in bits; two for whether something was kept: 0 unknown, 1 no, 2 yes.
    private const int Priority = 2, Type = 4, State = 8, Source = 12, KeptType = 16, KeptPriority = 18, KeptSkills = 20, KeptAssignee = 22;

    private static readonly string Code = string.Join(" | ",
        NumberOf<TicketStatus>("status"),
        $"(priority << {Priority})",
        $"({NumberOf<TicketType>("type")} << {Type})",
        $"({NumberOf<TriageState>("triage_state")} << {State})",
        // From 1: an analysis that nobody has made yet has no source.
        $"(coalesce({NumberOf<TriageSource>("details ->> '$.triage.source'")} + 1, 0) << {Source})",
        $"({Kept("details ->> '$.triage.proposed.type'", "type")} << {KeptType})",
        $"({Kept(NumberOf<TicketPriority>("details ->> '$.triage.proposed.priority'"), "priority")} << {KeptPriority})",
        $"({Kept("details -> '$.triage.proposed.relatedSkills'", "details -> '$.relatedSkills'")} << {KeptSkills})",
        $"({Kept("proposed_assignee", "coalesce(assignee_id, '')")} << {KeptAssignee})");

    public static readonly string Indexes = $"""
        CREATE INDEX IF NOT EXISTS ticket_facts ON ticket(created_at, assignee_id, first_response_at, resolved_at, ({Code}));
        CREATE INDEX IF NOT EXISTS ticket_resolved ON ticket(resolved_at) WHERE resolved_at IS NOT NULL;
        """;

    /// <summary>Those created at ?1 or later.</summary>
    public static readonly string Since =
        $"SELECT created_at, assignee_id, first_response_at, resolved_at, ({Code}) FROM ticket INDEXED BY ticket_facts WHERE created_at >= ?1";

    /// <summary>Those that are not done, without what the analysis said.</summary>
    public const string Open =
        "SELECT created_at, assignee_id, status, priority, type FROM ticket INDEXED BY ticket_by_status WHERE status IN ('TODO', 'IN_PROGRESS', 'WAITING')";

    /// <summary>When those became done that did at ?1 or later.</summary>
    public const string Resolved = "SELECT resolved_at FROM ticket INDEXED BY ticket_resolved WHERE resolved_at >= ?1";

    public static TicketFact MapOpen(SqliteDataReader row) => new()
    {
        CreatedAt = row.Time(0),
        AssigneeId = AssigneeOf(row),
        Status = EnumNames<TicketStatus>.Parse(row.GetString(2)),
        Priority = (TicketPriority)row.GetInt32(3),
        Type = EnumNames<TicketType>.Parse(row.GetString(4)),
    };

    public static TicketFact Map(SqliteDataReader row)
    {
        var code = row.GetInt64(4);
        return new TicketFact
        {
            CreatedAt = row.Time(0),
            AssigneeId = AssigneeOf(row),
            FirstResponseAt = row.TimeOrNull(2),
            ResolvedAt = row.TimeOrNull(3),
            Status = (TicketStatus)(code & 3),
            Priority = (TicketPriority)(code >> Priority & 3),
            Type = (TicketType)(code >> Type & 15),
            State = (TriageState)(code >> State & 15),
            Source = (code >> Source & 15) is var source and > 0 ? (TriageSource)(source - 1) : null,
            KeptType = KeptOf(code >> KeptType),
            KeptPriority = KeptOf(code >> KeptPriority),
            KeptSkills = KeptOf(code >> KeptSkills),
            KeptAssignee = KeptOf(code >> KeptAssignee),
        };
    }

    private static Guid? AssigneeOf(SqliteDataReader row) => row.TextOrNull(1) is { } assignee ? Guid.ParseExact(assignee, "D") : null;

    private static bool? KeptOf(long bits) => (bits & 3) switch { 0 => null, 1 => false, _ => true };

    private static string NumberOf<TEnum>(string name) where TEnum : struct, Enum =>
        $"(CASE {name} {string.Join(' ', Enum.GetValues<TEnum>().Select(value => $"WHEN '{EnumNames<TEnum>.Of(value)}' THEN {Convert.ToInt32(value, null)}"))} END)";

    private static string Kept(string proposed, string actual) => $"(CASE WHEN {proposed} IS NULL THEN 0 WHEN {proposed} = {actual} THEN 2 ELSE 1 END)";
}
