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
        var filter = MongoTicketList.FilterOf(query);
        return store.RunAsync(
            async limited =>
            {
                // One more than asked for tells whether there is a next page.
                var documents = await store.Tickets.Find(filter).Sort(MongoTicketList.Newest).Limit(query.Limit + 1).ToListAsync(limited);
                var tickets = documents.Take(query.Limit).Select(TicketDocument.ToTicket).ToList();
                return new Page<Ticket>(tickets, documents.Count > query.Limit ? PageCursor.OfTicket(tickets[^1].CreatedAt, tickets[^1].Id) : null);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<UpdateResult> UpdateAsync(TicketChange change, CancellationToken cancellationToken)
    {
        change.CheckNumbers();
        return store.RunAsync(limited => new MongoUpdate(store, _claims, change).RunAsync(limited), cancellationToken);
    }

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
}
