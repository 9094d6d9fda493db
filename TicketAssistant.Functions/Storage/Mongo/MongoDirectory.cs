using MongoDB.Bson;
using MongoDB.Driver;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>
/// The directory version: one document {version, changing[]}. A change of the staff is announced in <c>changing</c> before the
/// user's document changes and struck out, with a higher version, after. While anything is announced each reading raises the
/// version, so that what is read meanwhile, from before or after the change, is never taken for current later; and so that
/// nothing stale survives a process that dies in between.
/// </summary>
internal sealed class MongoDirectory(MongoStore store)
{
    private const string Version = "version", Changing = "changing";

    /// <summary>
    /// A new account that never came after its announcement is given up after this long, many times what one operation can
    /// take. (A change of an existing account needs no such bound: see <see cref="RepairAsync"/>.)
    /// </summary>
    private static readonly TimeSpan GiveUpInsertAfter = TimeSpan.FromMinutes(1);

    private static readonly BsonDocument Team = new("_id", "team");

    // A version that a failover takes back could be given out a second time, for another team.
    private IMongoCollection<BsonDocument> Committed => store.Directory.WithReadConcern(ReadConcern.Majority);

    public static async Task EnsureAsync(MongoStore store)
    {
        try
        {
            await store.Directory.InsertOneAsync(new BsonDocument(Team) { [Version] = 0L, [Changing] = new BsonArray() });
        }
        catch (MongoWriteException e) when (MongoFailures.IsDuplicateKey(e))
        {
            // It is there.
        }
    }

    public async Task<long> GetVersionAsync(CancellationToken cancellationToken)
    {
        var team = await Committed.Find(Team).FirstAsync(cancellationToken);
        if (team.List(Changing).Any())
        {
            team = await store.Directory.FindOneAndUpdateAsync(
                (FilterDefinition<BsonDocument>)Team,
                new BsonDocument("$inc", new BsonDocument(Version, 1L)),
                new FindOneAndUpdateOptions<BsonDocument> { ReturnDocument = ReturnDocument.After },
                cancellationToken);
        }

        return team[Version].ToInt64();
    }

    /// <summary>Announces a change of this user; returns what <see cref="EndAsync"/> needs.</summary>
    public async Task<ObjectId> BeginAsync(Guid userId, CancellationToken cancellationToken)
    {
        var change = ObjectId.GenerateNewId();
        var entry = new BsonDocument { ["id"] = change, ["user"] = userId.Key(), ["at"] = DateTime.UtcNow };
        await store.Directory.UpdateOneAsync(
            Team, new BsonDocument("$push", new BsonDocument(Changing, entry)), cancellationToken: cancellationToken);
        return change;
    }

    /// <summary>The change was made, or will not be made any more.</summary>
    public Task EndAsync(ObjectId change, CancellationToken cancellationToken) => store.Directory.UpdateOneAsync(
        Team,
        new BsonDocument
        {
            ["$pull"] = new BsonDocument(Changing, new BsonDocument("id", change)),
            ["$inc"] = new BsonDocument(Version, 1L),
        },
        cancellationToken: cancellationToken);

    /// <summary>
    /// Strikes out what a process announced and died before ending. It first raises the user's guard: a change that is only
    /// slow then finds that it must begin anew, so none can be made after it was struck out.
    /// </summary>
    public async Task RepairAsync(CancellationToken cancellationToken)
    {
        var team = await store.Directory.Find(Team).FirstAsync(cancellationToken);
        foreach (var entry in team.List(Changing))
        {
            var guarded = await store.Users.UpdateOneAsync(
                new BsonDocument("_id", entry["user"]),
                new BsonDocument("$inc", new BsonDocument(UserDocument.Guard, 1L)),
                cancellationToken: cancellationToken);
            var isOver = guarded.MatchedCount == 1 || DateTime.UtcNow - entry["at"].ToUniversalTime() > GiveUpInsertAfter;
            if (isOver) await EndAsync(entry["id"].AsObjectId, cancellationToken);
        }
    }
}
