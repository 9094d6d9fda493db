using MongoDB.Bson;
using MongoDB.Driver;
using TicketAssistant.Functions.Notifications;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>The ledger of owed mails in MongoDB.</summary>
internal sealed class MongoMailLedger(MongoStore store) : IMailLedger
{
    private const int LongestReason = 500;

    /// <inheritdoc/>
    public Task<MailLedgerEntry> OweAsync(MailKey key, string messageId, DateTimeOffset at, CancellationToken cancellationToken) => store.RunAsync(
        async limited =>
        {
            var entry = new MailLedgerEntry(key, messageId, 0, at, null, null, null);
            try
            {
                await store.Mails.InsertOneAsync(MailDocument.Of(entry), cancellationToken: limited);
            }
            catch (MongoWriteException e) when (MongoFailures.IsDuplicateKey(e))
            {
                // It is owed already.
            }

            return (await FirstAsync(key, limited))!;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> TryBeginSendAsync(MailKey key, DateTimeOffset at, DateTimeOffset until, CancellationToken cancellationToken)
    {
        BsonArray nobodySends =
        [
            new BsonDocument("sendingUntil", BsonNull.Value),
            new BsonDocument("sendingUntil", new BsonDocument("$lte", MongoValues.Date(at))),
        ];
        return ChangeUnsentAsync(
            key,
            new BsonDocument { ["closed"] = BsonNull.Value, ["$or"] = nobodySends },
            new BsonDocument
            {
                ["$inc"] = new BsonDocument("attempts", 1),
                ["$set"] = new BsonDocument("sendingUntil", MongoValues.Date(until)),
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task MarkSentAsync(MailKey key, DateTimeOffset at, CancellationToken cancellationToken) => ChangeUnsentAsync(
        key,
        [],
        new BsonDocument("$set", new BsonDocument { ["sent"] = true, ["sentAt"] = MongoValues.Date(at), ["sendingUntil"] = BsonNull.Value }),
        cancellationToken);

    /// <inheritdoc/>
    public Task MarkFailedAsync(MailKey key, string reason, CancellationToken cancellationToken) => ChangeUnsentAsync(
        key,
        [],
        new BsonDocument("$set", new BsonDocument
        {
            ["lastError"] = Bounded(reason),
            ["sendingUntil"] = BsonNull.Value,
        }),
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailLedgerEntry>> ListOfTicketAsync(Guid ticketId, CancellationToken cancellationToken) =>
        store.RunAsync<IReadOnlyList<MailLedgerEntry>>(
            async limited =>
            {
                // By the id, which begins with the ticket and a slash; a zero is the next character.
                var ofTicket = new BsonDocument { ["$gt"] = $"{ticketId:D}/", ["$lt"] = $"{ticketId:D}0" };
                return [.. (await store.Mails.Find(new BsonDocument("_id", ofTicket)).ToListAsync(limited)).Select(MailDocument.ToEntry)];
            },
            cancellationToken);

    public Task CloseAsync(
        MailKey key, string messageId, DateTimeOffset at, MailClosure closure, string reason, CancellationToken cancellationToken) => store.RunAsync(
        async limited =>
        {
            var closed = new MailLedgerEntry(key, messageId, 0, at, null, null, Bounded(reason), closure);
            try
            {
                await store.Mails.InsertOneAsync(MailDocument.Of(closed), cancellationToken: limited);
            }
            catch (MongoWriteException e) when (MongoFailures.IsDuplicateKey(e))
            {
                await store.Mails.UpdateOneAsync(
                    new BsonDocument { ["_id"] = MailDocument.Id(key), ["sent"] = false },
                    new BsonDocument("$set", new BsonDocument
                    {
                        ["closed"] = MongoValues.Name(closure),
                        ["lastError"] = closed.LastError,
                        ["sendingUntil"] = BsonNull.Value,
                    }),
                    cancellationToken: limited);
            }

            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ReopenAsync(MailKey key, DateTimeOffset at, CancellationToken cancellationToken) => ChangeUnsentAsync(
        key,
        new BsonDocument("closed", new BsonDocument("$ne", BsonNull.Value)),
        new BsonDocument("$set", new BsonDocument { ["closed"] = BsonNull.Value, ["owedAt"] = MongoValues.Date(at) }),
        cancellationToken);

    /// <inheritdoc/>
    public Task<Page<MailLedgerEntry>> ListAsync(MailQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        var filter = FilterOf(query);
        return store.RunAsync(
            async limited =>
            {
                var documents = await store.Mails.Find(filter)
                    .Sort(new BsonDocument { ["owedAt"] = -1, ["_id"] = -1 }).Limit(query.Limit + 1).ToListAsync(limited);
                var mails = documents.Take(query.Limit).Select(MailDocument.ToEntry).ToList();
                return new Page<MailLedgerEntry>(mails, documents.Count > query.Limit ? PageCursor.OfMail(mails[^1]) : null);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task ForgetAsync(Guid recipientId, CancellationToken cancellationToken) => store.RunAsync(
        async limited =>
        {
            var mails = await store.Mails.Find(new BsonDocument("recipient", recipientId.Key()))
                .Project(new BsonDocument { ["sent"] = 1, ["closed"] = 1 }).ToListAsync(limited);
            foreach (var mail in mails)
            {
                var change = new BsonDocument { ["lastError"] = BsonNull.Value, ["sendingUntil"] = BsonNull.Value };
                if (!mail["sent"].AsBoolean && mail.Field("closed").IsBsonNull) change["closed"] = MongoValues.Name(MailClosure.Suppressed);
                await store.Mails.UpdateOneAsync(new BsonDocument("_id", mail["_id"]), new BsonDocument("$set", change), cancellationToken: limited);
            }

            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<MailLedgerEntry?> FindAsync(MailKey key, CancellationToken cancellationToken) =>
        store.RunAsync(limited => FirstAsync(key, limited), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailLedgerEntry>> ListUnsentAsync(DateTimeOffset owedBefore, int limit, CancellationToken cancellationToken) =>
        store.RunAsync<IReadOnlyList<MailLedgerEntry>>(
            async limited =>
            {
                var mails = await store.Mails
                    .Find(new BsonDocument { ["sent"] = false, ["closed"] = BsonNull.Value, ["owedAt"] = new BsonDocument("$lt", MongoValues.Date(owedBefore)) })
                    .Sort(new BsonDocument { ["owedAt"] = 1, ["_id"] = 1 })
                    .Limit(limit)
                    .ToListAsync(limited);
                return [.. mails.Select(MailDocument.ToEntry)];
            },
            cancellationToken);

    /// <exception cref="FormatException">The query's cursor is malformed.</exception>
    private static BsonDocument FilterOf(MailQuery query)
    {
        var filter = new BsonDocument();
        if (query.State is { } state)
        {
            filter["sent"] = state == MailState.Sent;
            if (state != MailState.Sent) filter["closed"] = state == MailState.Owed ? BsonNull.Value : MongoValues.Name(state);
        }

        if (query.RecipientId is { } recipient) filter["recipient"] = recipient.Key();
        if (query.Cursor is not null)
        {
            var (owedAt, key) = PageCursor.ParseMail(query.Cursor);
            var at = MongoValues.Date(owedAt);
            filter["owedAt"] = new BsonDocument("$lte", at);
            filter["$or"] = new BsonArray
            {
                new BsonDocument("owedAt", new BsonDocument("$lt", at)),
                new BsonDocument("_id", new BsonDocument("$lt", MailDocument.Id(key))),
            };
        }

        return filter;
    }

    private static string Bounded(string reason) => reason.Length <= LongestReason ? reason : reason[..LongestReason];

    private async Task<MailLedgerEntry?> FirstAsync(MailKey key, CancellationToken cancellationToken) =>
        await store.Mails.Find(new BsonDocument("_id", MailDocument.Id(key))).FirstOrDefaultAsync(cancellationToken) is { } mail ? MailDocument.ToEntry(mail) : null;

    private Task<bool> ChangeUnsentAsync(MailKey key, BsonDocument condition, BsonDocument change, CancellationToken cancellationToken) =>
        store.RunAsync(
            async limited => (await store.Mails.UpdateOneAsync(
                new BsonDocument { ["_id"] = MailDocument.Id(key), ["sent"] = false }.Merge(condition), change, cancellationToken: limited)).MatchedCount == 1,
            cancellationToken);
}
