using MongoDB.Bson;
using MongoDB.Driver;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage.Transfer;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>Everything in the MongoDB store, out and in. A person's open tickets follow the tickets as these are written.</summary>
internal sealed class MongoTransfer(MongoStore store) : IStoreTransfer
{
    private static readonly ReplaceOptions OrInsert = new() { IsUpsert = true };

    private readonly MongoClaims _claims = new(store);
    private readonly MongoTimeline _timeline = new(store);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoreRecord>> ReadUsersAsync(Guid? after, int limit, CancellationToken cancellationToken) => ReadAsync(
        store.Users, after?.Key(), limit, (user, _) => Task.FromResult(new StoreRecord { User = UserDocument.ToUser(user) }), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoreRecord>> ReadTicketsAsync(Guid? after, int limit, CancellationToken cancellationToken) => ReadAsync(
        store.Tickets,
        after?.Key(),
        limit,
        async (ticket, limited) => new StoreRecord
        {
            Ticket = TicketDocument.ToTicket(ticket),
            Claims = TicketDocument.ClaimsOf(ticket),
            Timeline = await _timeline.ListAsync(new TimelineQuery(ticket["_id"].ToGuid(), 0, int.MaxValue, PublicOnly: false), limited),
            Effects = [.. MongoEffects.Of(ticket)],
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoreRecord>> ReadMailsAsync(MailKey? after, int limit, CancellationToken cancellationToken) => ReadAsync(
        store.Mails, after is null ? null : MailDocument.Id(after), limit, (mail, _) => Task.FromResult(new StoreRecord { Mail = MailDocument.ToEntry(mail) }), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoreRecord>> ReadAuditAsync(Guid? after, int limit, CancellationToken cancellationToken) => ReadAsync(
        store.Audit, after?.Key(), limit, (entry, _) => Task.FromResult(new StoreRecord { Audit = MongoAuditLog.ToEntry(entry) }), cancellationToken);

    /// <inheritdoc/>
    public async Task WriteAsync(IReadOnlyList<StoreRecord> records, CancellationToken cancellationToken)
    {
        foreach (var record in records)
        {
            await store.RunAsync(
                async limited =>
                {
                    if (record.User is { } user) await WriteAsync(user, limited);
                    if (record.Ticket is not null) await WriteTicketAsync(record, limited);
                    if (record.Mail is { } mail) await ReplaceAsync(store.Mails, MailDocument.Of(mail), limited);
                    if (record.Audit is { } entry) await MongoAuditLog.AddAsync(store, entry, limited);
                    return true;
                },
                cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task CompleteAsync(CancellationToken cancellationToken) => store.RunAsync(
        async limited =>
        {
            var directory = new MongoDirectory(store);
            await directory.EndAsync(await directory.BeginAsync(Guid.Empty, limited), limited);
            return true;
        },
        cancellationToken);

    private static async Task ReplaceAsync(IMongoCollection<BsonDocument> collection, BsonDocument document, CancellationToken cancellationToken) =>
        await collection.ReplaceOneAsync(new BsonDocument("_id", document["_id"]), document, OrInsert, cancellationToken);

    private Task<IReadOnlyList<StoreRecord>> ReadAsync(
        IMongoCollection<BsonDocument> collection,
        BsonValue? after,
        int limit,
        Func<BsonDocument, CancellationToken, Task<StoreRecord>> map,
        CancellationToken cancellationToken) =>
        store.RunAsync<IReadOnlyList<StoreRecord>>(
            async limited =>
            {
                var documents = await collection.Find(after is null ? [] : new BsonDocument("_id", new BsonDocument("$gt", after)))
                    .Sort(new BsonDocument("_id", 1)).Limit(limit).ToListAsync(limited);
                var records = new List<StoreRecord>(documents.Count);
                foreach (var document in documents) records.Add(await map(document, limited));
                return records;
            },
            cancellationToken);

    private async Task WriteAsync(User user, CancellationToken cancellationToken)
    {
        var document = UserDocument.OfNew(user);
        document[UserDocument.LastAssignedAt] = user.LastAssignedAt is { } at ? MongoValues.Date(at) : BsonNull.Value;
        try
        {
            if (await store.Users.Find(new BsonDocument("_id", user.Id.Key())).FirstOrDefaultAsync(cancellationToken) is { } stored)
            {
                // Who was there before keeps the tickets that they have.
                var room = document[UserDocument.Room].ToInt64() - stored[UserDocument.OpenTickets].ToInt64();
                foreach (var kept in new[] { UserDocument.OpenTickets, UserDocument.Held, UserDocument.Reserved, UserDocument.Guard })
                {
                    document[kept] = stored[kept];
                }

                document[UserDocument.Room] = room;
            }

            await ReplaceAsync(store.Users, document, cancellationToken);
        }
        catch (MongoWriteException e) when (MongoFailures.IsDuplicateKey(e))
        {
            throw new InvalidDataException("A user of the file has the e-mail address of another user in this store; import into an empty store.", e);
        }
    }

    /// <summary>The person who carried it in this store lets go first, the one who now does takes it last: repeatable at each point.</summary>
    private async Task WriteTicketAsync(StoreRecord record, CancellationToken cancellationToken)
    {
        var ticket = record.Ticket!;
        var document = TicketDocument.OfImported(record);
        var stored = await store.Tickets.Find(new BsonDocument("_id", document["_id"])).FirstOrDefaultAsync(cancellationToken);
        if (stored is not null)
        {
            if (MongoClaims.OwedBy(stored) is { } owed) await _claims.PayAsync(document["_id"], owed, cancellationToken);
            document[TicketDocument.Turn] = stored[TicketDocument.Turn].ToInt64() + 1;
        }

        foreach (var entry in record.Timeline ?? []) await _timeline.FileAsync(document["_id"], EntryDocument.Of(entry), cancellationToken);
        await ReplaceAsync(store.Tickets, document, cancellationToken);
        if (document[TicketDocument.Claim] is BsonObjectId claim) await _claims.HoldAsync(ticket.AssignedTo!.Id, claim.Value, cancellationToken);
    }
}
