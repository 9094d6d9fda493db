using MongoDB.Bson;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>
/// How a <see cref="TicketQuery"/> is asked: filter, order, and the index by name, so that it doesn't depend on what a server's
/// planner has seen before. The index is that of the words, the requester, the assignee or the rare state of triage where one is
/// asked for, else that of the order; those hold all that is filtered by.
/// </summary>
internal sealed class MongoTicketList
{
    /// <exception cref="FormatException">The query's cursor is malformed, or of another order.</exception>
    public MongoTicketList(TicketQuery query)
    {
        var words = SearchWords.Of(query.Text);
        // Only the index of what staff sees is there: a requester's own tickets are few.
        List<BsonDocument> conditions = [.. MongoValues.HasWords(words, query.Staff ? TicketDocument.Words : TicketDocument.PublicWords)];
        Index = IndexOf(query, words.Count > 0 && query.Staff);
        if (query.RequesterId is { } requester) Add(TicketDocument.Requester, requester.Key());
        if (query.AssigneeId is { } assignee) Add(TicketDocument.Assignee, assignee.Key());
        if (query.Unassigned) Add(TicketDocument.Assignee, BsonNull.Value);
        if (query.Status is { } status) Add(TicketDocument.Status, MongoValues.Name(status));
        if (query.Priority is { } priority) Add(TicketDocument.Priority, (int)priority);
        if (query.Type is { } type) Add(TicketDocument.Type, MongoValues.Name(type));
        if (query.Triage is { } triage) Add(TicketDocument.StateOfTriage, MongoValues.Name(triage));
        if (query.CreatedFrom is { } from) Add(TicketDocument.CreatedAt, new BsonDocument("$gte", MongoValues.Date(from)));
        if (query.CreatedTo is { } to) Add(TicketDocument.CreatedAt, new BsonDocument("$lte", MongoValues.Date(to)));
        if (query.Cursor is not null) conditions.AddRange(After(query.Sort, PageCursor.ParseTicket(query.Sort, query.Cursor)));
        Filter = MongoValues.AllOf(conditions);
        Sort = query.Sort switch
        {
            TicketSort.Created => new BsonDocument { [TicketDocument.CreatedAt] = -1, ["_id"] = -1 },
            TicketSort.Age => new BsonDocument { [TicketDocument.CreatedAt] = 1, ["_id"] = 1 },
            TicketSort.Updated => new BsonDocument { [TicketDocument.UpdatedAt] = -1, ["_id"] = -1 },
            _ => new BsonDocument { [TicketDocument.Priority] = -1, [TicketDocument.CreatedAt] = 1, ["_id"] = 1 },
        };

        void Add(string field, BsonValue condition) => conditions.Add(new BsonDocument(field, condition));
    }

    public BsonDocument Filter { get; }

    public BsonDocument Sort { get; }

    public string Index { get; }

    private static string IndexOf(TicketQuery query, bool words) => query switch
    {
        { RequesterId: not null } => "byRequester",
        _ when words => "words",
        { AssigneeId: not null } or { Unassigned: true } => "byAssignee",
        { Triage: not null and not TriageState.Succeeded } => "byTriage",
        { Sort: TicketSort.Updated } => "byUpdated",
        { Sort: TicketSort.Priority } => "byPriority",
        { Status: not null } => "byStatus",
        _ => "byCreated",
    };

    // The first condition of each follows from the second; it is what an index can begin its walk by.
    private static BsonDocument[] After(TicketSort sort, TicketPosition last)
    {
        var time = MongoValues.Date(last.Time);
        if (sort != TicketSort.Priority)
        {
            var field = sort == TicketSort.Updated ? TicketDocument.UpdatedAt : TicketDocument.CreatedAt;
            return Beyond(field, time, sort == TicketSort.Age ? "$gt" : "$lt");
        }

        var less = new BsonDocument(TicketDocument.Priority, new BsonDocument("$lt", (int)last.Priority));
        return
        [
            new BsonDocument(TicketDocument.Priority, new BsonDocument("$lte", (int)last.Priority)),
            new BsonDocument("$or", new BsonArray { less, MongoValues.AllOf(Beyond(TicketDocument.CreatedAt, time, "$gt")) }),
        ];

        BsonDocument[] Beyond(string field, BsonValue value, string beyond) =>
        [
            new(field, new BsonDocument(beyond + "e", value)),
            new("$or", new BsonArray
            {
                new BsonDocument(field, new BsonDocument(beyond, value)),
                new BsonDocument("_id", new BsonDocument(beyond, last.Id.Key())),
            }),
        ];
    }
}
