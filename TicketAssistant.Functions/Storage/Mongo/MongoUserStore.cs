using MongoDB.Bson;
using MongoDB.Driver;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Audit;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>Accounts in MongoDB.</summary>
internal sealed class MongoUserStore(MongoStore store) : IUserStore
{
    // When two changes get in each other's way, one of them goes first: a short wait of random length decides which.
    private const int LongestPauseMilliseconds = 20;

    private readonly MongoDirectory _directory = new(store);

    /// <inheritdoc/>
    public Task<User?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        FirstAsync(new BsonDocument("_id", id.Key()), cancellationToken);

    /// <inheritdoc/>
    public Task<User?> FindByEmailAsync(string email, CancellationToken cancellationToken) =>
        FirstAsync(new BsonDocument(UserDocument.Email, email), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> InsertIfAbsentAsync(User user, CancellationToken cancellationToken) => store.RunAsync(
        async limited =>
        {
            if (!user.IsActiveStaff) return await InsertAsync(user, limited);
            var change = await _directory.BeginAsync(user.Id, limited);
            var inserted = await InsertAsync(user, limited);
            await _directory.EndAsync(change, limited);
            return inserted;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<UpdateResult> UpdateAsync(User user, IReadOnlyList<AuditEntry> audit, CancellationToken cancellationToken) => store.RunAsync(
        async limited =>
        {
            while (true)
            {
                var document = await store.Users.Find(new BsonDocument("_id", user.Id.Key())).FirstOrDefaultAsync(limited);
                if (document is null || document[UserDocument.Version] != user.Version) return UpdateResult.Stale;
                var stored = UserDocument.ToUser(document);

                var result = stored.Role == user.Role && stored.Active == user.Active && (!stored.IsActiveStaff || stored.Skills.SequenceEqual(user.Skills, StringComparer.Ordinal))
                    ? await ChangeAsync(stored, user, limited)
                    : await ChangeStaffAsync(stored, user, document[UserDocument.Guard].ToInt64(), limited);
                if (result is { } done)
                {
                    if (done != UpdateResult.Updated) return done;
                    foreach (var entry in audit) await MongoAuditLog.AddAsync(store, entry, limited);
                    return done;
                }

                await Task.Delay(Random.Shared.Next(1, LongestPauseMilliseconds), limited);
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task ReplaceEmailAsync(Guid id, string email, CancellationToken cancellationToken) => store.RunAsync(
        async limited => await store.Users.UpdateOneAsync(
            new BsonDocument { ["_id"] = id.Key(), [UserDocument.Email] = new BsonDocument("$ne", email) },
            new BsonDocument
            {
                ["$set"] = new BsonDocument { [UserDocument.Email] = email, [UserDocument.Words] = new BsonArray() },
                ["$inc"] = new BsonDocument(UserDocument.Version, 1L),
            },
            cancellationToken: limited),
        cancellationToken);

    /// <inheritdoc/>
    public Task<Page<User>> ListAsync(UserQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        List<BsonDocument> conditions = [.. MongoValues.HasWords(SearchWords.Of(query.Text), UserDocument.Words)];
        if (query.Cursor is not null) conditions.Add(new BsonDocument(UserDocument.Email, new BsonDocument("$gt", PageCursor.ParseUser(query.Cursor))));
        if (query.Role is { } role) conditions.Add(new BsonDocument(UserDocument.Role, MongoValues.Name(role)));

        return store.RunAsync(
            async limited =>
            {
                // One more than asked for tells whether there is a next page.
                var documents = await store.Users.Find(MongoValues.AllOf(conditions))
                    .Sort(new BsonDocument(UserDocument.Email, 1)).Limit(query.Limit + 1).ToListAsync(limited);
                var users = documents.Take(query.Limit).Select(UserDocument.ToUser).ToList();
                return new Page<User>(users, documents.Count > query.Limit ? PageCursor.OfUser(users[^1].Email) : null);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> GetDirectoryVersionAsync(CancellationToken cancellationToken) =>
        store.RunAsync(limited => _directory.GetVersionAsync(limited), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<User>> ListStaffAsync(CancellationToken cancellationToken) => store.RunAsync<IReadOnlyList<User>>(
        async limited =>
        {
            // As of the last commit, like the version that the list is kept under.
            var staff = await store.Users.WithReadConcern(ReadConcern.Majority).Find(UserDocument.IsStaff).ToListAsync(limited);
            return [.. staff.Select(UserDocument.ToUser)];
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<User>> ListOverdueAsync(DateTimeOffset at, int limit, CancellationToken cancellationToken) =>
        store.RunAsync<IReadOnlyList<User>>(
            async limited =>
            {
                // Two queries, each with an index of its own.
                var returning = await store.Users
                    .Find(new BsonDocument(UserDocument.AwayUntil, new BsonDocument { ["$gt"] = DateTime.UnixEpoch, ["$lte"] = MongoValues.Date(at) }))
                    .Limit(limit).ToListAsync(limited);
                var leftBehind = await store.Users
                    .Find(new BsonDocument { [UserDocument.Active] = false, [UserDocument.OpenTickets] = new BsonDocument("$gt", 0) })
                    .Limit(limit).ToListAsync(limited);
                return [.. returning.Concat(leftBehind).Select(UserDocument.ToUser).DistinctBy(user => user.Id).Take(limit)];
            },
            cancellationToken);

    private Task<User?> FirstAsync(BsonDocument filter, CancellationToken cancellationToken) => store.RunAsync(
        async limited => await store.Users.Find(filter).FirstOrDefaultAsync(limited) is { } found ? UserDocument.ToUser(found) : null,
        cancellationToken);

    private async Task<bool> InsertAsync(User user, CancellationToken cancellationToken)
    {
        try
        {
            await store.Users.InsertOneAsync(UserDocument.OfNew(user), cancellationToken: cancellationToken);
            return true;
        }
        catch (MongoWriteException e) when (MongoFailures.IsDuplicateKey(e))
        {
            return false;
        }
    }

    /// <summary>A change that concerns nobody else.</summary>
    private async Task<UpdateResult?> ChangeAsync(User stored, User user, CancellationToken cancellationToken)
    {
        var changed = await store.Users.UpdateOneAsync(
            new BsonDocument { ["_id"] = user.Id.Key(), [UserDocument.Version] = user.Version },
            UserDocument.Change(stored, user),
            cancellationToken: cancellationToken);
        return changed.MatchedCount == 1 ? UpdateResult.Updated : UpdateResult.Stale;
    }

    /// <summary>
    /// A change of who is staff, or of what they know. Holds only if nobody raised this user's guard since it was read, which
    /// the demotion of another admin does (<see cref="HasWitnessAsync"/>), and <see cref="MongoDirectory.RepairAsync"/>. Null: begin anew.
    /// </summary>
    private async Task<UpdateResult?> ChangeStaffAsync(User stored, User user, long guard, CancellationToken cancellationToken)
    {
        var isDemotion = stored.IsActiveAdmin && !user.IsActiveAdmin;
        if (isDemotion && !await HasWitnessAsync(user.Id, cancellationToken)) return UpdateResult.LastAdmin;

        var change = await _directory.BeginAsync(user.Id, cancellationToken);
        var changed = await store.Users.UpdateOneAsync(
            new BsonDocument { ["_id"] = user.Id.Key(), [UserDocument.Version] = user.Version, [UserDocument.Guard] = guard },
            UserDocument.Change(stored, user),
            cancellationToken: cancellationToken);
        await _directory.EndAsync(change, cancellationToken);
        return changed.MatchedCount == 1 ? UpdateResult.Updated : null;
    }

    /// <summary>
    /// Whether there is another admin; raises that one's guard, so that if they are being demoted right now, that begins anew.
    /// Each demotion reads its own guard first, then raises a witness's, then changes the role if its own guard still stands:
    /// so a demotion whose witness is demoted as well began before that one did, and the last of such a row keeps an admin.
    /// </summary>
    private async Task<bool> HasWitnessAsync(Guid userId, CancellationToken cancellationToken)
    {
        var witness = await store.Users.UpdateOneAsync(
            new BsonDocument { new BsonElement(UserDocument.Role, MongoValues.Name(Role.Admin)), UserDocument.IsActive, new BsonElement("_id", new BsonDocument("$ne", userId.Key())) },
            new BsonDocument("$inc", new BsonDocument(UserDocument.Guard, 1L)),
            cancellationToken: cancellationToken);
        return witness.MatchedCount == 1;
    }
}
