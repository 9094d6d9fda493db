using MongoDB.Bson;
using MongoDB.Driver;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>Tickets in MongoDB.</summary>
internal sealed class MongoTicketStore(MongoStore store) : ITicketStore
{
    private readonly MongoClaims _claims = new(store);

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
    public Task<UpdateResult> UpdateAsync(Ticket ticket, CancellationToken cancellationToken) => store.RunAsync(
        async limited =>
        {
            while (true)
            {
                var stored = await store.Tickets.Find(new BsonDocument("_id", ticket.Id.Key()))
                    .Project(new BsonDocument
                    {
                        [TicketDocument.Version] = 1,
                        [TicketDocument.Status] = 1,
                        [TicketDocument.AssignedTo] = 1,
                        [TicketDocument.Turn] = 1,
                        [TicketDocument.Claim] = 1,
                    })
                    .FirstOrDefaultAsync(limited);
                if (stored is null || stored[TicketDocument.Version] != ticket.Version) return UpdateResult.Stale;

                var wasOpen = stored[TicketDocument.Status].ToEnum<TicketStatus>() != TicketStatus.Done;
                var isOpen = ticket.Status != TicketStatus.Done;
                if (!isOpen || wasOpen) return await ChangeAsync(stored, ticket, closes: wasOpen && !isOpen, limited);
                if (await ReopenAsync(stored, ticket, limited)) return UpdateResult.Updated;
            }
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

    private static BsonDocument Fallbacks() => new()
    {
        [TicketDocument.AnalysisState] = MongoValues.Name(TriageState.Fallback),
        [TicketDocument.Status] = new BsonDocument("$ne", MongoValues.Name(TicketStatus.Done)),
    };

    private static BsonDocument Set(BsonDocument stored, Ticket ticket) =>
        TicketDocument.Changeable(ticket, isAssigned: stored[TicketDocument.AssignedTo] is BsonDocument);

    /// <summary>Any change but reopening. Closing ends the assignee's claim: the ticket owes it until it is released.</summary>
    private async Task<UpdateResult> ChangeAsync(BsonDocument stored, Ticket ticket, bool closes, CancellationToken cancellationToken)
    {
        var change = new BsonDocument
        {
            ["$set"] = Set(stored, ticket),
            ["$inc"] = new BsonDocument(TicketDocument.Version, 1L),
        };
        var owed = closes ? MongoClaims.OwedBy(stored) : null;
        if (closes)
        {
            change["$set"][TicketDocument.Claim] = BsonNull.Value;
            change["$inc"][TicketDocument.Turn] = 1L;
            if (owed is not null) change["$push"] = new BsonDocument(TicketDocument.Owed, owed);
        }

        var changed = await store.Tickets.UpdateOneAsync(
            new BsonDocument { ["_id"] = stored["_id"], [TicketDocument.Version] = ticket.Version }, change, cancellationToken: cancellationToken);
        if (changed.MatchedCount == 0) return UpdateResult.Stale;
        if (owed is not null) await AfterwardsAsync(limited => _claims.PayAsync(stored["_id"], owed, limited));
        return UpdateResult.Updated;
    }

    /// <summary>
    /// A DONE ticket opens again and its assignee, if it has one, carries it again, however full they are: like a claim, but of
    /// no one's choice. False: begin anew.
    /// </summary>
    private async Task<bool> ReopenAsync(BsonDocument stored, Ticket ticket, CancellationToken cancellationToken)
    {
        Reservation? reservation = null;
        if (stored[TicketDocument.AssignedTo] is BsonDocument assignee)
        {
            var entry = Reservation.Entry(ticket.Id, Reservation.Reopening, stored[TicketDocument.Turn].ToInt64(), at: null);
            reservation = await _claims.ReserveAsync(new BsonDocument("_id", assignee["id"]), sort: null, entry, cancellationToken);
        }

        var set = Set(stored, ticket);
        if (reservation is not null) set[TicketDocument.Claim] = reservation.Claim;
        var opened = await store.Tickets.UpdateOneAsync(
            new BsonDocument
            {
                ["_id"] = stored["_id"],
                [TicketDocument.Version] = ticket.Version,
                [TicketDocument.Turn] = stored[TicketDocument.Turn],
            },
            new BsonDocument
            {
                ["$set"] = set,
                ["$inc"] = new BsonDocument { [TicketDocument.Version] = 1L, [TicketDocument.Turn] = 1L },
            },
            cancellationToken: cancellationToken);

        var isOpened = opened.MatchedCount == 1;
        if (reservation is not null) await AfterwardsAsync(limited => isOpened ? _claims.ConfirmAsync(reservation, limited) : _claims.SettleAsync(reservation, limited));
        return isOpened;
    }

    /// <summary>
    /// What is left to do once the ticket has changed. If the store goes away in between the change stands, so it is reported;
    /// the rest is written down in the documents and <see cref="MongoClaims.RepairAsync"/> does it.
    /// </summary>
    private async Task AfterwardsAsync(Func<CancellationToken, Task> rest)
    {
        try
        {
            await store.RunAsync(
                async limited =>
                {
                    await rest(limited);
                    return true;
                },
                CancellationToken.None);
        }
        catch (StoreUnavailableException)
        {
        }
    }
}
