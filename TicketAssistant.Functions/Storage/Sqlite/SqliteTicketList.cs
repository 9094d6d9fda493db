using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>The clauses after FROM that list the tickets of a query, with their arguments.</summary>
internal sealed class SqliteTicketList
{
    private readonly List<object?> _arguments = [];
    private readonly List<string> _conditions = [];
    private bool _hasIndex;

    /// <exception cref="FormatException">The query's cursor is malformed.</exception>
    public SqliteTicketList(TicketQuery query)
    {
        // Most selective first: the first of these picks its index.
        if (query.RequesterId is { } requester) Indexed("requester_id", requester.Key());
        if (query.AssigneeId is { } assignee) Indexed("assignee_id", assignee.Key());
        if (query.Unassigned) Indexed("assignee_id", null);
        if (query.Status is { } status) Indexed("status", EnumNames<TicketStatus>.Of(status));
        if (query.Priority is { } priority) _conditions.Add($"priority = {Argument((int)priority)}");
        if (query.Type is { } type) _conditions.Add($"type = {Argument(EnumNames<TicketType>.Of(type))}");

        var words = query.Text?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (words.Length > 0)
        {
            var patterns = Argument(SqliteValues.ToJson(words.Select(SqliteValues.Containing)));
            _conditions.Add(
                $"""
                NOT EXISTS(SELECT 1 FROM json_each({patterns}) AS word
                    WHERE NOT (title LIKE word.value ESCAPE '\' OR description LIKE word.value ESCAPE '\'))
                """);
        }

        if (query.Cursor is not null)
        {
            var (createdAt, id) = PageCursor.ParseTicket(query.Cursor);
            _conditions.Add($"(created_at, id) < ({Argument(createdAt.UtcTicks)}, {Argument(id.Key())})");
        }

        // One more than asked for tells whether there is a next page.
        Clauses = (_conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", _conditions))
            + $" ORDER BY created_at DESC, id DESC LIMIT {Argument(query.Limit + 1)}";
    }

    public string Clauses { get; }

    public object?[] Arguments => [.. _arguments];

    private void Indexed(string column, string? value)
    {
        // Without statistics SQLite takes all indexes for equally good and might walk every open ticket to find one person's;
        // a unary + keeps it from using this column's.
        _conditions.Add($"{(_hasIndex ? "+" : "")}{column} IS {Argument(value)}");
        _hasIndex = true;
    }

    private string Argument(object? value)
    {
        _arguments.Add(value);
        return $"?{_arguments.Count}";
    }
}
