using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Sqlite;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>
/// The statement of a <see cref="TicketQuery"/>. It names its index, because without statistics SQLite takes all for equally
/// good: that of the requester, the assignee or the rare state of triage where one is asked for, else that of the order. They
/// hold all that is filtered by, so that what doesn't match is passed over without reading the ticket. The text of a statement
/// depends on index, order and cursor only, so that there are few to keep prepared.
/// </summary>
internal sealed class SqliteTicketList
{
    private readonly TicketQuery _query;
    private readonly List<object?> _arguments = [];
    private readonly List<string> _conditions = [];
    private readonly string? _expression;

    /// <exception cref="FormatException">The query's cursor is malformed, or of another order.</exception>
    public SqliteTicketList(TicketQuery query)
    {
        _query = query;
        var words = SearchWords.Of(query.Text);
        if (words.Count > 0) _expression = SqliteSearch.Expression(words, query.Staff);

        Index = ChooseIndex();
        Optional("status", query.Status is { } status ? EnumNames<TicketStatus>.Of(status) : null);
        Optional("priority", query.Priority is { } priority ? (int)priority : null);
        Optional("type", query.Type is { } type ? EnumNames<TicketType>.Of(type) : null);
        Optional("triage_state", query.Triage is { } triage ? EnumNames<TriageState>.Of(triage) : null);
        if (query.CreatedFrom is { } from) _conditions.Add($"created_at >= {Argument(from.UtcTicks)}");
        if (query.CreatedTo is { } to) _conditions.Add($"created_at <= {Argument(to.UtcTicks)}");
        if (query.Cursor is not null) _conditions.Add(After(PageCursor.ParseTicket(query.Sort, query.Cursor)));
    }

    /// <summary>The index that is walked, unless few tickets have the words asked for.</summary>
    public string Index { get; }

    public string Order => _query.Sort switch
    {
        TicketSort.Created => "created_at DESC, id DESC",
        TicketSort.Age => "created_at, id",
        TicketSort.Updated => "updated_at DESC, id DESC",
        _ => "priority DESC, created_at, id",
    };

    /// <summary>The rowids of a page and one more, in order, with the arguments.</summary>
    public (string Sql, object?[] Arguments) Statement(SqliteSession session)
    {
        var limit = $"?{_arguments.Count + 1}";
        if (_expression is null) return ($"{Walk} {OrderLimit(limit)}", [.. _arguments, _query.Limit + 1]);

        var words = $"?{_arguments.Count + 2}";
        var sql = SqliteSearch.IsRare(session, _expression)
            ? $"""
              SELECT ticket.rowid FROM ticket_words CROSS JOIN ticket ON ticket.rowid = ticket_words.rowid
              WHERE ticket_words MATCH {words} AND {Conditions} {OrderLimit(limit)}
              """
            : $"{Walk} AND rowid IN (SELECT rowid FROM ticket_words WHERE ticket_words MATCH {words}) {OrderLimit(limit)}";
        return (sql, [.. _arguments, _query.Limit + 1, _expression]);
    }

    private string Conditions => string.Join(" AND ", _conditions);

    private string Walk => $"SELECT rowid FROM ticket INDEXED BY {Index} WHERE {Conditions}";

    private string OrderLimit(string limit) => $"ORDER BY {Order} LIMIT {limit}";

    private string ChooseIndex()
    {
        string? index = null;
        if (_query.RequesterId is { } requester) Person("requester_id", requester.Key(), "ticket_by_requester");
        if (_query.AssigneeId is { } assignee) Person("assignee_id", assignee.Key(), "ticket_by_assignee");
        if (_query.Unassigned) Person("assignee_id", null, "ticket_by_assignee");
        if (index is not null) return index;

        if (_query.Triage is { } triage && triage != TriageState.Succeeded)
        {
            // The index leaves out the state that nearly all tickets are in; SQLite wants to see that the query does, too.
            _conditions.Add(SqliteSchema.NotPlainlyTriaged);
            _conditions.Add($"triage_state = {Argument(EnumNames<TriageState>.Of(triage))}");
            return "ticket_by_triage";
        }

        if (_query.Sort == TicketSort.Updated) return "ticket_by_updated";
        if (_query.Sort == TicketSort.Priority)
        {
            if (_query.Priority is { } priority) _conditions.Add($"priority = {Argument((int)priority)}");
            return "ticket_by_priority";
        }

        if (_query.Status is not { } status) return "ticket_by_created";
        _conditions.Add($"status = {Argument(EnumNames<TicketStatus>.Of(status))}");
        return "ticket_by_status";

        void Person(string column, string? id, string itsIndex)
        {
            // Of two people the first has the index.
            _conditions.Add($"{(index is null ? "" : "+")}{column} IS {Argument(id)}");
            index ??= itsIndex;
        }
    }

    private void Optional(string column, object? value)
    {
        var argument = Argument(value);
        _conditions.Add($"({argument} IS NULL OR {column} = {argument})");
    }

    private string After(TicketPosition last)
    {
        var (time, id) = (Argument(last.Time.UtcTicks), Argument(last.Id.Key()));
        if (_query.Sort != TicketSort.Priority)
        {
            var column = _query.Sort == TicketSort.Updated ? "updated_at" : "created_at";
            return $"({column}, id) {(_query.Sort == TicketSort.Age ? '>' : '<')} ({time}, {id})";
        }

        // The first condition follows from the second; it is what the walk can begin by.
        var priority = Argument((int)last.Priority);
        return $"priority <= {priority} AND (priority < {priority} OR (created_at, id) > ({time}, {id}))";
    }

    private string Argument(object? value)
    {
        _arguments.Add(value);
        return $"?{_arguments.Count}";
    }
}
