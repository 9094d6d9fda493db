using MongoDB.Bson;
using MongoDB.Driver;
using TicketAssistant.Functions.Audit;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>The audit log in MongoDB. To keep it from being changed by others too, the database's user needs no more than insert and find on it.</summary>
internal sealed class MongoAuditLog(MongoStore store) : IAuditLog
{
    /// <summary>Adds an entry within somebody's operation; the same one again changes nothing.</summary>
    public static async Task AddAsync(MongoStore store, AuditEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            await store.Audit.InsertOneAsync(Document(entry), cancellationToken: cancellationToken);
        }
        catch (MongoWriteException e) when (MongoFailures.IsDuplicateKey(e))
        {
            // It is there.
        }
    }

    /// <inheritdoc/>
    public Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken) => store.RunAsync(
        async limited =>
        {
            await AddAsync(store, entry, limited);
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<Page<AuditEntry>> ListAsync(AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        var filter = MongoValues.AllOf([.. ConditionsOf(query)]);
        return store.RunAsync(
            async limited =>
            {
                var documents = await store.Audit.Find(filter)
                    .Sort(new BsonDocument { ["at"] = -1, ["_id"] = -1 }).Limit(query.Limit + 1).ToListAsync(limited);
                var entries = documents.Take(query.Limit).Select(ToEntry).ToList();
                return new Page<AuditEntry>(entries, documents.Count > query.Limit ? PageCursor.OfAudit(entries[^1]) : null);
            },
            cancellationToken);
    }

    internal static BsonDocument Document(AuditEntry entry) => new()
    {
        ["_id"] = entry.Id.Key(),
        ["at"] = MongoValues.Date(entry.At),
        ["action"] = MongoValues.Name(entry.Action),
        ["actor"] = MongoValues.Text(entry.ActorId?.ToString("D")),
        ["subject"] = MongoValues.Text(entry.Subject),
        ["detail"] = MongoValues.Text(entry.Detail),
    };

    internal static AuditEntry ToEntry(BsonDocument document) => new(
        document["_id"].ToGuid(),
        document["at"].ToTime(),
        document["action"].ToEnum<AuditAction>(),
        document["actor"].IsBsonNull ? null : document["actor"].ToGuid(),
        document["subject"].ToTextOrNull(),
        document["detail"].ToTextOrNull());

    private static IEnumerable<BsonDocument> ConditionsOf(AuditQuery query)
    {
        if (query.ActorId is { } actor) yield return new BsonDocument("actor", actor.Key());
        if (query.Subject is { } subject) yield return new BsonDocument("subject", subject);
        if (query.Action is { } action) yield return new BsonDocument("action", MongoValues.Name(action));
        if (query.From is { } from) yield return new BsonDocument("at", new BsonDocument("$gte", MongoValues.Date(from)));
        if (query.To is { } to) yield return new BsonDocument("at", new BsonDocument("$lte", MongoValues.Date(to)));
        if (query.Cursor is null) yield break;
        var (time, id) = PageCursor.ParseAudit(query.Cursor);
        yield return new BsonDocument("at", new BsonDocument("$lte", MongoValues.Date(time)));
        yield return new BsonDocument("$or", new BsonArray
        {
            new BsonDocument("at", new BsonDocument("$lt", MongoValues.Date(time))),
            new BsonDocument("_id", new BsonDocument("$lt", id.Key())),
        });
    }
}
