using MongoDB.Bson;
using MongoDB.Driver;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>
/// The indexes, and the one document that must be there. Repeatable, and safe in any number of instances at once: the server
/// takes an index that is already there, or being built, for done. Without a time limit: over a large collection that an older
/// version filled, building one takes a while. docs/mongodb.md says which query each one serves.
/// </summary>
internal static class MongoIndexes
{
    public static async Task EnsureAsync(MongoStore store)
    {
        await CreateAsync(
            store.Users,
            Index("email", Keys("email"), unique: true),
            Index("role", Keys("role", "email")),
            Index("words", Keys("words")),
            Index("free", Keys("openTickets", "lastAssignedAt", "_id"), where: new BsonDocument("assignable", true)),
            Index("returning", Keys("awayUntil"), where: new BsonDocument("awayUntil", new BsonDocument("$gt", DateTime.UnixEpoch))),
            Index("leftBehind", Keys("openTickets"), where: new BsonDocument("active", false)),
            Index("reserved", Keys("reserved.ticket"), where: IsSet("reserved.ticket")));
        await CreateAsync(
            store.Tickets,
            Index("byCreated", Keys("-createdAt", "-_id", "status", "priority", "type", "triage.state")),
            Index("byUpdated", Keys("-updatedAt", "-_id", "status", "priority", "type", "triage.state", "createdAt")),
            Index("byPriority", Keys("-priority", "createdAt", "_id", "status", "type", "triage.state")),
            Index("byStatus", Keys("status", "-createdAt", "-_id", "priority", "type", "triage.state", "assignedTo.id")),
            Index("byRequester", Keys("createdBy.id", "-createdAt", "-_id", "updatedAt", "status", "priority", "type", "triage.state")),
            Index("byAssignee", Keys("assignedTo.id", "-createdAt", "-_id", "updatedAt", "status", "priority", "type", "triage.state")),
            Index("byTriage", Keys("triage.state", "-createdAt", "-_id", "updatedAt", "status", "priority", "type")),
            Index("facts", Keys(MongoFacts.Keys)),
            Index("resolved", Keys(MongoFacts.ResolvedAt), where: new BsonDocument(MongoFacts.ResolvedAt, new BsonDocument("$gt", DateTime.UnixEpoch))),
            Index("words", Keys("words")),
            Index("waiting", Keys("-priority", "createdAt", "_id"), where: new BsonDocument("waiting", true)),
            Index("unacknowledged", Keys("acknowledgement.dueAt"), where: new BsonDocument("acknowledgement.dueAt", new BsonDocument("$gt", DateTime.UnixEpoch))),
            Index("fallback", Keys("triage.state", "_id"), where: new BsonDocument("triage.state", "fallback")),
            Index("owed", Keys("owed.user"), where: IsSet("owed.user")),
            Index("effects", Keys("effects.at"), where: IsSet("effects.kind")));
        await CreateAsync(
            store.Mails,
            Index("state", Keys("sent", "closed", "owedAt", "_id")),
            Index("recipient", Keys("recipient", "owedAt", "_id")));
        await CreateAsync(
            store.Audit,
            Index("time", Keys("-at", "-_id", "action")),
            Index("actor", Keys("actor", "-at", "-_id")),
            Index("subject", Keys("subject", "-at", "-_id")));
        await CreateAsync(store.Attempts, Index("oldest", Keys("lastAt", "trustedUntil")));
        await MongoDirectory.EnsureAsync(store);
    }

    /// <summary>The condition that a text field, or one in a list, is there: one that a partial index can have.</summary>
    public static BsonDocument IsSet(string field) => new(field, new BsonDocument("$gt", ""));

    private static async Task CreateAsync(IMongoCollection<BsonDocument> collection, params IEnumerable<CreateIndexModel<BsonDocument>> indexes) =>
        await collection.Indexes.CreateManyAsync(indexes);

    private static CreateIndexModel<BsonDocument> Index(string name, BsonDocument keys, bool unique = false, BsonDocument? where = null)
    {
        var options = new CreateIndexOptions<BsonDocument> { Name = name };
        if (unique) options.Unique = true;
        if (where is not null) options.PartialFilterExpression = where;
        return new CreateIndexModel<BsonDocument>(keys, options);
    }

    private static BsonDocument Keys(params string[] fields) =>
        new(fields.Select(field => field[0] == '-' ? new BsonElement(field[1..], -1) : new BsonElement(field, 1)));
}
