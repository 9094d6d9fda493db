using MongoDB.Bson;
using MongoDB.Driver;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>
/// The steps of a claim that concern the person, each one atomic update of their document that does nothing when repeated, and
/// the rule by which a reservation that somebody left is settled. See docs/decisions/0007-claims-without-transactions.md.
/// </summary>
internal sealed class MongoClaims(MongoStore store)
{
    /// <summary>
    /// Reserves a place with the first, in the order of <paramref name="sort"/>, of those whom <paramref name="filter"/> finds, as
    /// they are at that moment: choice and reservation are one step. Null where it finds nobody.
    /// </summary>
    public async Task<Reservation?> ReserveAsync(BsonDocument filter, BsonDocument? sort, BsonDocument entry, CancellationToken cancellationToken)
    {
        var user = await store.Users.FindOneAndUpdateAsync(
            (FilterDefinition<BsonDocument>)filter,
            new BsonDocument
            {
                ["$push"] = new BsonDocument(UserDocument.Reserved, entry),
                ["$inc"] = new BsonDocument { [UserDocument.OpenTickets] = 1, [UserDocument.Room] = -1L },
            },
            new FindOneAndUpdateOptions<BsonDocument> { Sort = sort, Projection = Reservation.Projection },
            cancellationToken);
        return user is null ? null : Reservation.Of(user, entry);
    }

    /// <summary>All reservations for the ticket.</summary>
    public async Task<List<Reservation>> ListAsync(Guid ticketId, CancellationToken cancellationToken)
    {
        var users = await store.Users.Find(new BsonDocument("reserved.ticket", ticketId.Key()))
            .Project(Reservation.Projection).ToListAsync(cancellationToken);
        return [.. users.SelectMany(Reservation.AllOf).Where(r => r.TicketId == ticketId)];
    }

    /// <summary>The claim has won: from a reservation it becomes one that is held.</summary>
    public Task ConfirmAsync(Reservation won, CancellationToken cancellationToken)
    {
        var change = new BsonDocument
        {
            ["$pull"] = new BsonDocument(UserDocument.Reserved, new BsonDocument("claim", won.Claim)),
            ["$push"] = new BsonDocument(UserDocument.Held, won.Claim),
        };
        if (won.At is { } at) change["$set"] = new BsonDocument(UserDocument.LastAssignedAt, MongoValues.Date(at));
        return store.Users.UpdateOneAsync(
            new BsonDocument { ["_id"] = won.User.Id.Key(), ["reserved.claim"] = won.Claim }, change, cancellationToken: cancellationToken);
    }

    /// <summary>
    /// Settles a reservation: confirms it where its claim has won, releases it where it has lost. Where it may still win, because
    /// whoever made it is slow or dead, raises the ticket's turn first, so that it can't any more.
    /// </summary>
    public async Task SettleAsync(Reservation reservation, CancellationToken cancellationToken)
    {
        while (true)
        {
            var ticket = await store.Tickets.Find(new BsonDocument("_id", reservation.TicketId.Key()))
                .Project(new BsonDocument { [TicketDocument.Turn] = 1, [TicketDocument.Claim] = 1 }).FirstOrDefaultAsync(cancellationToken);
            if (ticket is not null && ticket.Field(TicketDocument.Claim) == reservation.Claim)
            {
                await ConfirmAsync(reservation, cancellationToken);
                return;
            }

            if (ticket is null || ticket[TicketDocument.Turn] != reservation.Turn)
            {
                await ReleaseAsync(reservation.User.Id.Key(), reservation.Claim, cancellationToken);
                return;
            }

            await store.Tickets.UpdateOneAsync(
                new BsonDocument("_id", reservation.TicketId.Key()),
                new BsonDocument("$inc", new BsonDocument(TicketDocument.Turn, 1L)),
                cancellationToken: cancellationToken);
        }
    }

    /// <summary>Releases a claim of the past, and strikes it from the ticket's list of those.</summary>
    public async Task PayAsync(BsonValue ticketKey, BsonDocument owed, CancellationToken cancellationToken)
    {
        await ReleaseAsync(owed["user"], owed["claim"].AsObjectId, cancellationToken);
        await store.Tickets.UpdateOneAsync(
            new BsonDocument("_id", ticketKey),
            new BsonDocument("$pull", new BsonDocument(TicketDocument.Owed, new BsonDocument("claim", owed["claim"]))),
            cancellationToken: cancellationToken);
    }

    /// <summary>
    /// Settles and pays all that is on its way or was left: what dead processes left is put right, and what is only slow begins
    /// anew or finds itself done. Meant to run now and then.
    /// </summary>
    public async Task RepairAsync(CancellationToken cancellationToken)
    {
        var users = await store.Users.Find(MongoIndexes.IsSet("reserved.ticket"))
            .Project(Reservation.Projection).ToListAsync(cancellationToken);
        foreach (var reservation in users.SelectMany(Reservation.AllOf)) await SettleAsync(reservation, cancellationToken);

        var tickets = await store.Tickets.Find(MongoIndexes.IsSet("owed.user"))
            .Project(new BsonDocument(TicketDocument.Owed, 1)).ToListAsync(cancellationToken);
        foreach (var ticket in tickets)
        {
            foreach (var owed in ticket.List(TicketDocument.Owed)) await PayAsync(ticket["_id"], owed.AsBsonDocument, cancellationToken);
        }
    }

    /// <summary>The person carries a ticket that came with them from another store.</summary>
    public Task HoldAsync(Guid userId, ObjectId claim, CancellationToken cancellationToken) => store.Users.UpdateOneAsync(
        new BsonDocument("_id", userId.Key()),
        new BsonDocument
        {
            ["$push"] = new BsonDocument(UserDocument.Held, claim),
            ["$inc"] = new BsonDocument { [UserDocument.OpenTickets] = 1, [UserDocument.Room] = -1L },
        },
        cancellationToken: cancellationToken);

    /// <summary>What a ticket owes once <paramref name="stored"/> no longer has its claim; null where nobody holds one.</summary>
    public static BsonDocument? OwedBy(BsonDocument stored) => stored.Field(TicketDocument.Claim) is { IsBsonNull: false } claim
        ? new BsonDocument { ["claim"] = claim, ["user"] = stored[TicketDocument.AssignedTo]["id"] }
        : null;

    private async Task ReleaseAsync(BsonValue userKey, ObjectId claim, CancellationToken cancellationToken) => await store.Users.UpdateOneAsync(
        new BsonDocument
        {
            ["_id"] = userKey,
            ["$or"] = new BsonArray { new BsonDocument("reserved.claim", claim), new BsonDocument(UserDocument.Held, claim) },
        },
        new BsonDocument
        {
            ["$pull"] = new BsonDocument { [UserDocument.Reserved] = new BsonDocument("claim", claim), [UserDocument.Held] = claim },
            ["$inc"] = new BsonDocument { [UserDocument.OpenTickets] = -1, [UserDocument.Room] = 1L },
        },
        cancellationToken: cancellationToken);
}
