using MongoDB.Bson;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>The filter of a <see cref="TicketQuery"/>.</summary>
internal static class MongoTicketList
{
    public static readonly BsonDocument Newest = new() { [TicketDocument.CreatedAt] = -1, ["_id"] = -1 };

    /// <exception cref="FormatException">The query's cursor is malformed.</exception>
    public static BsonDocument FilterOf(TicketQuery query)
    {
        List<BsonDocument> conditions = [.. MongoValues.HasWords(SearchWords.Of(query.Text))];
        if (query.RequesterId is { } requester) Add(TicketDocument.Requester, requester.Key());
        if (query.AssigneeId is { } assignee) Add(TicketDocument.Assignee, assignee.Key());
        if (query.Unassigned) Add(TicketDocument.Assignee, BsonNull.Value);
        if (query.Status is { } status) Add(TicketDocument.Status, MongoValues.Name(status));
        if (query.Priority is { } priority) Add(TicketDocument.Priority, (int)priority);
        if (query.Type is { } type) Add(TicketDocument.Type, MongoValues.Name(type));
        if (query.Triage is { } state) Add(TicketDocument.AnalysisState, MongoValues.Name(state));
        if (query.Cursor is not null)
        {
            var (createdAt, id) = PageCursor.ParseTicket(query.Cursor);
            var at = MongoValues.Date(createdAt);
            // The first condition follows from the second; it is what an index can begin its walk by.
            Add(TicketDocument.CreatedAt, new BsonDocument("$lte", at));
            Add("$or", new BsonArray
            {
                new BsonDocument(TicketDocument.CreatedAt, new BsonDocument("$lt", at)),
                new BsonDocument("_id", new BsonDocument("$lt", id.Key())),
            });
        }

        return MongoValues.AllOf(conditions);

        void Add(string field, BsonValue condition) => conditions.Add(new BsonDocument(field, condition));
    }
}
