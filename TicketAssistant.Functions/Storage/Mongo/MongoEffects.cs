using MongoDB.Bson;
using MongoDB.Driver;
using TicketAssistant.Functions.Storage.Transfer;
using TicketAssistant.Functions.Tickets.Effects;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>Pending effects: each is in its ticket's document from the update that entails it until it was carried out.</summary>
internal sealed class MongoEffects(MongoStore store)
{
    public static IEnumerable<StoreEffect> Of(BsonDocument ticket)
    {
        var id = ticket["_id"].ToGuid();
        return ticket.List(TicketDocument.Effects)
            .Select(effect => EffectDocument.ToEffect(id, effect.AsBsonDocument))
            .OrderBy(effect => effect.Version)
            .ThenBy(effect => effect.Effect.Number);
    }

    public async Task<List<TicketEffect>> ListAsync(EffectsKey key, CancellationToken cancellationToken)
    {
        var ticket = await store.Tickets.Find(new BsonDocument("_id", key.TicketId.Key()))
            .Project(new BsonDocument(TicketDocument.Effects, 1)).FirstOrDefaultAsync(cancellationToken);
        return ticket is null ? [] : [.. Of(ticket).Where(effect => effect.Version == key.Version).Select(effect => effect.Effect)];
    }

    public async Task<List<EffectsKey>> ListLeftoverAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        var old = new BsonDocument("effects.at", new BsonDocument("$lt", MongoValues.Date(before)));
        var tickets = await store.Tickets.Find(new BsonDocument("$and", new BsonArray { MongoIndexes.IsSet("effects.kind"), old }))
            .Project(new BsonDocument(TicketDocument.Effects, 1))
            .Limit(limit)
            .ToListAsync(cancellationToken);
        return [.. tickets
            .SelectMany(ticket => Of(ticket).Where(effect => effect.At < before).Select(effect => new EffectsKey(ticket["_id"].ToGuid(), effect.Version)))
            .Distinct()
            .Take(limit)];
    }

    public Task SettleAsync(EffectsKey key, int number, CancellationToken cancellationToken) => store.Tickets.UpdateOneAsync(
        new BsonDocument("_id", key.TicketId.Key()),
        new BsonDocument("$pull", new BsonDocument(TicketDocument.Effects, new BsonDocument { ["version"] = key.Version, ["number"] = number })),
        cancellationToken: cancellationToken);
}
