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
            new BsonDocument("$or", nobodySends),
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
            ["lastError"] = reason.Length <= LongestReason ? reason : reason[..LongestReason],
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

    /// <inheritdoc/>
    public Task<MailLedgerEntry?> FindAsync(MailKey key, CancellationToken cancellationToken) =>
        store.RunAsync(limited => FirstAsync(key, limited), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MailLedgerEntry>> ListUnsentAsync(DateTimeOffset owedBefore, int limit, CancellationToken cancellationToken) =>
        store.RunAsync<IReadOnlyList<MailLedgerEntry>>(
            async limited =>
            {
                var mails = await store.Mails
                    .Find(new BsonDocument { ["sent"] = false, ["owedAt"] = new BsonDocument("$lt", MongoValues.Date(owedBefore)) })
                    .Sort(new BsonDocument { ["owedAt"] = 1, ["_id"] = 1 })
                    .Limit(limit)
                    .ToListAsync(limited);
                return [.. mails.Select(MailDocument.ToEntry)];
            },
            cancellationToken);

    private async Task<MailLedgerEntry?> FirstAsync(MailKey key, CancellationToken cancellationToken) =>
        await store.Mails.Find(new BsonDocument("_id", MailDocument.Id(key))).FirstOrDefaultAsync(cancellationToken) is { } mail ? MailDocument.ToEntry(mail) : null;

    private Task<bool> ChangeUnsentAsync(MailKey key, BsonDocument condition, BsonDocument change, CancellationToken cancellationToken) =>
        store.RunAsync(
            async limited => (await store.Mails.UpdateOneAsync(
                new BsonDocument { ["_id"] = MailDocument.Id(key), ["sent"] = false }.Merge(condition), change, cancellationToken: limited)).MatchedCount == 1,
            cancellationToken);
}
