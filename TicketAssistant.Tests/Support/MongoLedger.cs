using MongoDB.Bson;
using MongoDB.Driver;

namespace TicketAssistant.Tests.Support;

/// <summary>The ledger in a MongoDB database.</summary>
internal sealed class MongoLedger(IMongoDatabase database) : ILedger
{
    public List<string> Sent() => [.. All("mails").Where(mail => mail["kind"] == "assigned" && mail["sent"].AsBoolean).Select(mail => mail["messageId"].AsString)];

    public int Rows() => All("mails").Count(mail => mail["kind"] == "assigned");

    public int Claims() => All("tickets").Sum(ticket => ticket.TryGetValue("claims", out var claims) ? claims.AsBsonArray.Count : 0);

    public int Effects() => All("tickets").Sum(ticket => ticket.TryGetValue("effects", out var effects) ? effects.AsBsonArray.Count : 0);

    private List<BsonDocument> All(string collection) =>
        database.GetCollection<BsonDocument>(collection).Find(FilterDefinition<BsonDocument>.Empty).ToList();
}
