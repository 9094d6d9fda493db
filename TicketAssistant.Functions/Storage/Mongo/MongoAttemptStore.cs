using MongoDB.Bson;
using MongoDB.Driver;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Limits;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>Counted attempts in MongoDB: each change is made only to the state that it was decided on.</summary>
internal sealed class MongoAttemptStore(MongoStore store) : IAttemptStore
{
    private const string Turn = "turn";

    /// <inheritdoc/>
    public Task<AttemptResult> CountAsync(string key, AttemptRule rule, DateTimeOffset at, AuditEntry entry, CancellationToken cancellationToken) =>
        store.RunAsync(
            async limited =>
            {
                while (true)
                {
                    var found = await store.Attempts.Find(new BsonDocument("_id", key)).FirstOrDefaultAsync(limited);
                    var (state, result, begins) = AttemptState.Next(found is null ? null : ToState(found), rule, at);
                    if (result.Wait is not null) return result;
                    if (!await TryWriteAsync(key, found, state, limited)) continue; // somebody else's attempt was counted
                    if (begins) await MongoAuditLog.AddAsync(store, entry, limited);
                    return result;
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task SucceedAsync(string key, DateTimeOffset at, TimeSpan trust, CancellationToken cancellationToken) => store.RunAsync(
        async limited =>
        {
            var state = new AttemptState(0, at, null, trust > TimeSpan.Zero ? at + trust : null);
            BsonDocument? found;
            do found = await store.Attempts.Find(new BsonDocument("_id", key)).FirstOrDefaultAsync(limited);
            while (!await TryWriteAsync(key, found, state, limited));
            return true;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task PurgeAsync(DateTimeOffset at, TimeSpan memory, CancellationToken cancellationToken) => store.RunAsync(
        async limited => await store.Attempts.DeleteManyAsync(
            new BsonDocument
            {
                ["lastAt"] = new BsonDocument("$lte", MongoValues.Date(at - memory)),
                ["trustedUntil"] = new BsonDocument("$lte", MongoValues.Date(at)),
            },
            limited),
        cancellationToken);

    private async Task<bool> TryWriteAsync(string key, BsonDocument? found, AttemptState state, CancellationToken cancellationToken)
    {
        var turn = found?[Turn].ToInt64() ?? 0;
        var document = new BsonDocument
        {
            ["_id"] = key,
            [Turn] = turn + 1,
            ["count"] = state.Count,
            ["lastAt"] = MongoValues.Date(state.LastAt),
            ["waitUntil"] = state.WaitUntil is { } wait ? MongoValues.Date(wait) : BsonNull.Value,
            // Long ago where it never was, so that one comparison finds what is over.
            ["trustedUntil"] = MongoValues.Date(state.TrustedUntil ?? DateTimeOffset.UnixEpoch),
        };
        if (found is not null)
        {
            var replaced = await store.Attempts.ReplaceOneAsync(new BsonDocument { ["_id"] = key, [Turn] = turn }, document, cancellationToken: cancellationToken);
            return replaced.MatchedCount == 1;
        }

        try
        {
            await store.Attempts.InsertOneAsync(document, cancellationToken: cancellationToken);
            return true;
        }
        catch (MongoWriteException e) when (MongoFailures.IsDuplicateKey(e))
        {
            return false;
        }
    }

    private static AttemptState ToState(BsonDocument document) => new(
        document["count"].ToInt32(), document["lastAt"].ToTime(), document["waitUntil"].ToTimeOrNull(), document["trustedUntil"].ToTime());
}
