using MongoDB.Bson;
using MongoDB.Driver;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>Tickets in MongoDB.</summary>
internal sealed class MongoTicketStore(MongoStore store) : ITicketStore
{
    private readonly MongoClaims _claims = new(store);
    private readonly MongoEffects _effects = new(store);

    /// <inheritdoc/>
    public Task<bool> InsertIfAbsentAsync(Ticket ticket, CancellationToken cancellationToken)
    {
        if (ticket.AssignedTo is not null)
        {
            throw new ArgumentException($"Ticket {ticket.Id} is new and already has an assignee; insert it without and call AssignAsync.", nameof(ticket));
        }

        return store.RunAsync(
            async limited =>
            {
                try
                {
                    await store.Tickets.InsertOneAsync(TicketDocument.OfNew(ticket), cancellationToken: limited);
                    return true;
                }
                catch (MongoWriteException e) when (MongoFailures.IsDuplicateKey(e))
                {
                    return false;
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Ticket?> FindAsync(Guid id, Guid? requesterId, CancellationToken cancellationToken)
    {
        var filter = new BsonDocument("_id", id.Key());
        if (requesterId is { } requester) filter[TicketDocument.Requester] = requester.Key();
        return store.RunAsync(
            async limited => await store.Tickets.Find(filter).FirstOrDefaultAsync(limited) is { } found ? TicketDocument.ToTicket(found) : null,
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Page<Ticket>> ListAsync(TicketQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        var list = new MongoTicketList(query);
        return store.RunAsync(
            async limited =>
            {
                // One more than asked for tells whether there is a next page.
                var documents = await store.Tickets.Find(list.Filter, new FindOptions { Hint = list.Index })
                    .Sort(list.Sort).Limit(query.Limit + 1).ToListAsync(limited);
                var tickets = documents.Take(query.Limit).Select(TicketDocument.ToTicket).ToList();
                return new Page<Ticket>(tickets, documents.Count > query.Limit ? PageCursor.OfTicket(query.Sort, tickets[^1]) : null);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketStamp>> ListChangesAsync(DateTimeOffset from, TicketStamp? after, int limit, CancellationToken cancellationToken) =>
        store.RunAsync<IReadOnlyList<TicketStamp>>(
            async limited =>
            {
                var documents = await store.Tickets.Find(MongoTicketList.ChangedSince(from, after), new FindOptions { Hint = "byUpdated" })
                    .Sort(new BsonDocument { [TicketDocument.UpdatedAt] = 1, ["_id"] = 1 })
                    .Limit(limit)
                    .Project(new BsonDocument { [TicketDocument.Requester] = 1, [TicketDocument.Version] = 1, [TicketDocument.UpdatedAt] = 1 })
                    .ToListAsync(limited);
                return
                [
                    .. documents.Select(t => new TicketStamp(
                        t["_id"].ToGuid(), t["createdBy"]["id"].ToGuid(), t[TicketDocument.Version].ToInt64(), t[TicketDocument.UpdatedAt].ToTime())),
                ];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketFact>> ListOpenFactsAsync(CancellationToken cancellationToken) => ReadFactsAsync(
        new BsonDocument(TicketDocument.Status, new BsonDocument("$in", new BsonArray
        {
            MongoValues.Name(TicketStatus.Todo), MongoValues.Name(TicketStatus.InProgress), MongoValues.Name(TicketStatus.Waiting),
        })),
        "byStatus", MongoFacts.OpenProjection, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketFact>> ListFactsAsync(DateTimeOffset from, CancellationToken cancellationToken) => ReadFactsAsync(
        new BsonDocument(TicketDocument.CreatedAt, new BsonDocument("$gte", MongoValues.Date(from))), "facts", MongoFacts.Projection, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<DateTimeOffset>> ListResolvedAsync(DateTimeOffset from, CancellationToken cancellationToken) =>
        store.RunAsync<IReadOnlyList<DateTimeOffset>>(
            async limited =>
            {
                var resolved = new BsonDocument(MongoFacts.ResolvedAt, new BsonDocument("$gte", MongoValues.Date(from)));
                var documents = await store.Tickets.Find(resolved, new FindOptions { Hint = "resolved" }).Project(MongoFacts.ResolvedProjection).ToListAsync(limited);
                return [.. documents.Select(document => document[MongoFacts.ResolvedAt].ToTime())];
            },
            cancellationToken);

    private Task<IReadOnlyList<TicketFact>> ReadFactsAsync(BsonDocument filter, string index, BsonDocument projection, CancellationToken cancellationToken) =>
        store.RunAsync<IReadOnlyList<TicketFact>>(
            async limited =>
            {
                var documents = await store.Tickets.Find(filter, new FindOptions { Hint = index }).Project(projection).ToListAsync(limited);
                return [.. documents.Select(MongoFacts.ToFact)];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Ticket>> ListSimilarAsync(Ticket ticket, int limit, CancellationToken cancellationToken) =>
        store.RunAsync<IReadOnlyList<Ticket>>(
            async limited =>
            {
                var likeness = new Likeness<string>(ticket, await store.Tickets.EstimatedDocumentCountAsync(cancellationToken: limited));
                var found = await Task.WhenAll(likeness.Words.Select(async word => (
                    Word: word,
                    Tickets: await store.Tickets.Find(new BsonDocument(TicketDocument.Words, word), new FindOptions { Hint = "words" })
                        .Project(new BsonDocument("_id", 1)).Limit(likeness.Most + 1).ToListAsync(limited))));
                foreach (var (word, tickets) in found) likeness.Add(word, [.. tickets.Select(t => t["_id"].AsString)]);

                var similar = new List<Ticket>();
                foreach (var id in likeness.Ranked())
                {
                    if (similar.Count == limit) break;
                    var document = await store.Tickets.Find(new BsonDocument("_id", id)).FirstOrDefaultAsync(limited);
                    if (document is not null && TicketDocument.ToTicket(document) is var other && other.IsEarlierThan(ticket)) similar.Add(other);
                }

                return similar;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<UpdateResult> UpdateAsync(TicketChange change, CancellationToken cancellationToken)
    {
        change.CheckNumbers();
        return store.RunAsync(limited => new MongoUpdate(store, _claims, change).RunAsync(limited), cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// The entries are filed first, and leave the ticket with the update: one that is interrupted in between is made again, and
    /// until then the ticket's own are shown.
    /// </remarks>
    public Task<UpdateResult> RewriteAsync(Ticket ticket, IReadOnlyList<TimelineEntry> entries, CancellationToken cancellationToken) => store.RunAsync(
        async limited =>
        {
            var filter = new BsonDocument { ["_id"] = ticket.Id.Key(), [TicketDocument.Version] = ticket.Version };
            if (!await store.Tickets.Find(filter).AnyAsync(limited)) return UpdateResult.Stale;
            var timeline = new MongoTimeline(store);
            foreach (var entry in entries) await timeline.FileAsync(ticket.Id.Key(), EntryDocument.Of(entry), limited);

            var set = TicketDocument.Changeable(ticket, isAssigned: ticket.AssignedTo is not null);
            set["createdBy"] = TicketDocument.Person(ticket.CreatedBy);
            if (ticket.AssignedTo is { } assignee) set[TicketDocument.AssignedTo] = TicketDocument.Person(assignee);
            set[TicketDocument.Outbox] = new BsonArray();
            set.Merge(TicketDocument.WordsOf(ticket, entries), overwriteExistingElements: true);
            var changed = await store.Tickets.UpdateOneAsync(
                filter, new BsonDocument { ["$set"] = set, ["$inc"] = new BsonDocument(TicketDocument.Version, 1L) }, cancellationToken: limited);
            if (changed.MatchedCount == 0) return UpdateResult.Stale;
            // Once more: somebody who was making room in the ticket meanwhile may have filed what it held before.
            foreach (var entry in entries) await timeline.FileAsync(ticket.Id.Key(), EntryDocument.Of(entry), limited);
            return UpdateResult.Updated;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<AssignmentOutcome> AssignAsync(AssignmentRequest request, CancellationToken cancellationToken) => store.RunAsync(
        limited => new MongoAssignment(store, _claims, request).RunAsync(limited), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// First puts right what dead processes left: whoever hands out tickets asks here, twice a minute, and wants to know who is
    /// really free.
    /// </remarks>
    public Task<IReadOnlyList<Ticket>> ListWaitingAsync(int limit, CancellationToken cancellationToken) => store.RunAsync<IReadOnlyList<Ticket>>(
        async limited =>
        {
            await _claims.RepairAsync(limited);
            await new MongoDirectory(store).RepairAsync(limited);
            var waiting = await store.Tickets.Find(new BsonDocument(TicketDocument.Waiting, true))
                .Sort(new BsonDocument { [TicketDocument.Priority] = -1, [TicketDocument.CreatedAt] = 1, ["_id"] = 1 })
                .Limit(limit)
                .ToListAsync(limited);
            return [.. waiting.Select(TicketDocument.ToTicket)];
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Ticket>> ListUnacknowledgedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        store.RunAsync<IReadOnlyList<Ticket>>(
            async limited =>
            {
                // The lower bound is what the index asks for.
                var overdue = new BsonDocument { ["$gt"] = DateTime.UnixEpoch, ["$lt"] = MongoValues.Date(before) };
                var found = await store.Tickets.Find(new BsonDocument(TicketDocument.AcknowledgeBy, overdue), new FindOptions { Hint = "unacknowledged" })
                    .Sort(new BsonDocument(TicketDocument.AcknowledgeBy, 1)).Limit(limit).ToListAsync(limited);
                return [.. found.Select(TicketDocument.ToTicket)];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Ticket>> ListFallbacksAsync(Guid? after, int limit, CancellationToken cancellationToken)
    {
        var filter = Fallbacks();
        if (after is { } last) filter["_id"] = new BsonDocument("$gt", last.Key());
        return store.RunAsync<IReadOnlyList<Ticket>>(
            async limited =>
            {
                var found = await store.Tickets.Find(filter).Sort(new BsonDocument("_id", 1)).Limit(limit).ToListAsync(limited);
                return [.. found.Select(TicketDocument.ToTicket)];
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> CountFallbacksAsync(CancellationToken cancellationToken) => store.RunAsync(
        limited => store.Tickets.CountDocumentsAsync(Fallbacks(), cancellationToken: limited), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TimelineEntry>> ListTimelineAsync(TimelineQuery query, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        return store.RunAsync<IReadOnlyList<TimelineEntry>>(
            async limited => await new MongoTimeline(store).ListAsync(query, limited), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<TicketEffect>> ListEffectsAsync(EffectsKey key, CancellationToken cancellationToken) =>
        store.RunAsync<IReadOnlyList<TicketEffect>>(async limited => await _effects.ListAsync(key, limited), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<EffectsKey>> ListLeftoverEffectsAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        store.RunAsync<IReadOnlyList<EffectsKey>>(async limited => await _effects.ListLeftoverAsync(before, limit, limited), cancellationToken);

    /// <inheritdoc/>
    public Task SettleEffectAsync(EffectsKey key, int number, CancellationToken cancellationToken) => store.RunAsync(
        async limited =>
        {
            await _effects.SettleAsync(key, number, limited);
            return true;
        },
        cancellationToken);

    private static BsonDocument Fallbacks() => new()
    {
        [TicketDocument.StateOfTriage] = MongoValues.Name(TriageState.Fallback),
        [TicketDocument.Status] = new BsonDocument("$ne", MongoValues.Name(TicketStatus.Done)),
    };
}
