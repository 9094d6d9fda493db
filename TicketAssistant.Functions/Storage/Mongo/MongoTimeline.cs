using MongoDB.Bson;
using MongoDB.Driver;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>
/// Timelines. A new entry is written into its ticket's document, in the update that it tells of; before more than a few are
/// there, they are copied to a collection of their own and then struck out. So an entry is in one place or in both, and never in
/// none. See docs/decisions/0008-changes-with-their-effects.md.
/// </summary>
internal sealed class MongoTimeline(MongoStore store)
{
    /// <summary>A comment may have 10,000 characters, and a document with the ticket is read for every list.</summary>
    private const int MostInTicket = 8;

    private static readonly ReplaceOptions OrInsert = new() { IsUpsert = true };

    /// <summary>Makes room in the ticket's document, as it was read, for more entries. Repeatable at each point.</summary>
    public async Task MakeRoomAsync(BsonDocument ticket, CancellationToken cancellationToken)
    {
        var entries = ticket.List(TicketDocument.Outbox).ToList();
        if (entries.Count < MostInTicket) return;

        foreach (var entry in entries) await FileAsync(ticket["_id"], entry.AsBsonDocument, cancellationToken);
        var filed = new BsonDocument(EntryDocument.Seq, new BsonDocument("$in", new BsonArray(entries.Select(e => e[EntryDocument.Seq]))));
        await store.Tickets.UpdateOneAsync(
            new BsonDocument("_id", ticket["_id"]),
            new BsonDocument("$pull", new BsonDocument(TicketDocument.Outbox, filed)),
            cancellationToken: cancellationToken);
    }

    /// <summary>Puts an entry into the collection, in place of one of the same number.</summary>
    public async Task FileAsync(BsonValue ticketKey, BsonDocument entry, CancellationToken cancellationToken)
    {
        var id = EntryDocument.Id(ticketKey, entry[EntryDocument.Seq].ToInt32());
        try
        {
            await store.Timeline.ReplaceOneAsync(
                new BsonDocument("_id", id), new BsonDocument("_id", id).AddRange(entry), OrInsert, cancellationToken);
        }
        catch (MongoWriteException e) when (MongoFailures.IsDuplicateKey(e))
        {
            // Somebody else files the same entry at this moment: there is only one of a number.
        }
    }

    public async Task<List<TimelineEntry>> ListAsync(TimelineQuery query, CancellationToken cancellationToken)
    {
        // The ticket first: what has left it since is in the collection.
        var key = query.TicketId.Key();
        var ticket = await store.Tickets.Find(new BsonDocument("_id", key))
            .Project(new BsonDocument { [TicketDocument.Outbox] = 1, [TicketDocument.LastEntry] = 1 })
            .FirstOrDefaultAsync(cancellationToken);
        if (ticket is null) return [];

        // Not beyond the ticket's last one: an import may have put an older ticket into the place of a newer one.
        var last = TicketDocument.LastEntryOf(ticket);
        if (query.After >= last) return [];
        var filter = new BsonDocument("_id", new BsonDocument
        {
            ["$gt"] = EntryDocument.Id(key, query.After),
            ["$lte"] = EntryDocument.Id(key, last),
        });
        if (query.PublicOnly) filter[EntryDocument.Internal] = false;
        var filed = await store.Timeline.Find(filter).Sort(new BsonDocument("_id", 1)).Limit(query.Limit).ToListAsync(cancellationToken);
        return [.. ticket.List(TicketDocument.Outbox)
            .Concat(filed)
            .Select(entry => EntryDocument.ToEntry(entry.AsBsonDocument))
            .Where(entry => entry.Seq > query.After && !(query.PublicOnly && entry.Internal))
            .DistinctBy(entry => entry.Seq)
            .OrderBy(entry => entry.Seq)
            .Take(query.Limit)];
    }
}
