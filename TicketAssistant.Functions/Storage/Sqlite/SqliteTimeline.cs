using TicketAssistant.Functions.Tickets.Timeline;
using TicketAssistant.Sqlite;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>The timeline's rows.</summary>
internal static class SqliteTimeline
{
    public static void Add(SqliteSession s, string ticketKey, TimelineEntry entry) => s.Execute(
        "INSERT INTO timeline(ticket_id, seq, internal, entry) VALUES(?1, ?2, ?3, ?4)",
        ticketKey, entry.Seq, entry.Internal, SqliteValues.ToJson(entry));

    public static List<TimelineEntry> List(SqliteSession s, TimelineQuery query) => s.Query(
        $"""
        SELECT entry FROM timeline WHERE ticket_id = ?1 AND seq > ?2{(query.PublicOnly ? " AND internal = 0" : "")}
        ORDER BY seq LIMIT ?3
        """,
        row => row.FromJson<TimelineEntry>(0)!,
        query.TicketId.Key(), query.After, query.Limit);
}
