using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>The clauses after FROM that list the tickets of a query, with their arguments.</summary>
internal sealed class SqliteTicketList
{
    private readonly List<object?> _arguments = [];
    private readonly List<string> _conditions = [];
    private readonly IReadOnlyList<string> _words;
    private bool _hasIndex;

    /// <exception cref="FormatException">The query's cursor is malformed.</exception>
    public SqliteTicketList(TicketQuery query)
    {
        _words = SearchWords.Of(query.Text);

        // Most selective first: the first of these picks its index.
        if (query.RequesterId is { } requester) Indexed("requester_id", requester.Key());
        if (query.AssigneeId is { } assignee) Indexed("assignee_id", assignee.Key());
        if (query.Unassigned) Indexed("assignee_id", null);
        if (query.Status is { } status) Indexed("status", EnumNames<TicketStatus>.Of(status));
        if (query.Triage is { } state)
        {
            // What waits for a person is little and has an index of its own.
            _conditions.Add(state == TriageState.AwaitingConfirmation
                ? SqliteSchema.Unconfirmed
                : $"triage_state = {Argument(EnumNames<TriageState>.Of(state))}");
        }

        if (query.Priority is { } priority) _conditions.Add($"priority = {Argument((int)priority)}");
        if (query.Type is { } type) _conditions.Add($"type = {Argument(EnumNames<TicketType>.Of(type))}");

        // LIKE folds the case of ASCII only; for such words it passes over most tickets quickly, and Matches decides.
        var ascii = _words.Where(word => word.All(char.IsAscii)).ToArray();
        if (ascii.Length > 0)
        {
            var patterns = Argument(SqliteValues.ToJson(ascii.Select(word => $"%{word}%")));
            _conditions.Add(
                $"""
                NOT EXISTS(SELECT 1 FROM json_each({patterns}) AS word
                    WHERE NOT (title LIKE word.value OR description LIKE word.value))
                """);
        }

        if (query.Cursor is not null)
        {
            var (createdAt, id) = PageCursor.ParseTicket(query.Cursor);
            _conditions.Add($"(created_at, id) < ({Argument(createdAt.UtcTicks)}, {Argument(id.Key())})");
        }

        Clauses = (_conditions.Count == 0 ? "" : "WHERE " + string.Join(" AND ", _conditions)) + " ORDER BY created_at DESC, id DESC";
    }

    public string Clauses { get; }

    public object?[] Arguments => [.. _arguments];

    /// <summary>The part of the filter that SQL doesn't do: the words asked for.</summary>
    public bool Matches(Ticket ticket) =>
        _words.Count == 0 || SearchWords.Match(_words, SearchWords.Of(ticket.Title, ticket.Description));

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
