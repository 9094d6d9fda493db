using MongoDB.Bson;
using MongoDB.Driver;

namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>The store in MongoDB, past the app and past the proxy.</summary>
internal sealed class MongoProbe(IMongoDatabase database) : IStoreProbe
{
    public Debts Read() => new(
        Count("tickets", """{ "triage.state": { $in: ["pending", "running", "awaiting_confirmation", "failed"] } }"""),
        Count("tickets", """{ status: { $ne: "DONE" }, assignedTo: null }"""),
        Count("tickets", """{ "effects.kind": { $gt: "" } }"""),
        Count("mails", """{ sent: false, closed: null }"""));

    private long Count(string collection, string filter) => database.GetCollection<BsonDocument>(collection)
        .Find((FilterDefinition<BsonDocument>)BsonDocument.Parse(filter)).Project(new BsonDocument("_id", 1)).ToList().Count;
}
