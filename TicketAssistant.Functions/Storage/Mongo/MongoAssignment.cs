using MongoDB.Bson;
using MongoDB.Driver;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>
/// One <see cref="AssignmentRequest"/>: reserve a place with the best person, win the ticket, confirm, release whoever had it.
/// Why each step may be interrupted or race with any other: docs/decisions/0007-claims-without-transactions.md.
/// </summary>
internal sealed class MongoAssignment(MongoStore store, MongoClaims claims, AssignmentRequest request)
{
    /// <summary>
    /// Up to here the server looks each candidate up. Larger tiers are a good part of the staff: there it is quicker to walk the
    /// free ones in the order of choice until one is a candidate.
    /// </summary>
    private const int LookUpAtMost = 256;

    // Never assigned is null, which sorts first.
    private static readonly BsonDocument OrderOfChoice = new()
    {
        [UserDocument.OpenTickets] = 1,
        [UserDocument.LastAssignedAt] = 1,
        ["_id"] = 1,
    };

    private static readonly BsonDocument TicketPart = new(new[]
    {
        TicketDocument.Status, TicketDocument.AssignedTo, TicketDocument.Turn, TicketDocument.Claim, TicketDocument.Claims, TicketDocument.Owed,
        TicketDocument.Version, TicketDocument.LastEntry, TicketDocument.Assignments, TicketDocument.Priority,
    }.Select(field => new BsonElement(field, 1)));

    private static readonly BsonDocument IdAndLoad = new() { ["_id"] = 1, [UserDocument.OpenTickets] = 1 };

    private readonly Dictionary<Guid, AssignmentCandidate>[] _tiers = [.. request.Tiers.Select(ById)];

    public async Task<AssignmentOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var nobodyWasFree = false;
        while (true)
        {
            // In this order: a reservation goes only after its claim is on the ticket, so one of the two is seen.
            var reservations = await claims.ListAsync(request.TicketId, cancellationToken);
            var ticket = await store.Tickets.Find(new BsonDocument("_id", request.TicketId.Key()))
                .Project(TicketPart)
                .FirstOrDefaultAsync(cancellationToken);
            if (ticket is null) return AssignmentOutcome.NotAssignable;
            var turn = ticket[TicketDocument.Turn].ToInt64();
            if (ticket.List(TicketDocument.Claims).Any(c => c["revision"] == request.Revision))
            {
                await FinishAsync(ticket, reservations.Where(r => r.Turn != turn), cancellationToken);
                return AssignmentOutcome.Assigned;
            }

            if (ticket[TicketDocument.Status].ToEnum<TicketStatus>() == TicketStatus.Done) return AssignmentOutcome.NotAssignable;

            // What the same request, elsewhere or before it was interrupted, has begun is carried on.
            var begun = reservations.FindAll(r => r.Turn == turn && r.Revision == request.Revision);
            var reservation = begun.Find(r => CandidateOf(r) is not null);
            if (reservation is null)
            {
                if (nobodyWasFree && begun.Count == 0) return await WhyNobodyAsync(cancellationToken);
                foreach (var other in begun) await claims.SettleAsync(other, cancellationToken);
                if (begun.Count > 0) continue;
                reservation = await ReserveAsync(turn, cancellationToken);
            }

            if (reservation is null)
            {
                // Unless the last place went to this very request, made elsewhere: look again.
                nobodyWasFree = true;
            }
            else if (await WinAsync(ticket, reservation, cancellationToken))
            {
                await claims.ConfirmAsync(reservation, cancellationToken);
                if (MongoClaims.OwedBy(ticket) is { } owed) await claims.PayAsync(ticket["_id"], owed, cancellationToken);
                return AssignmentOutcome.Assigned;
            }
            else
            {
                await claims.SettleAsync(reservation, cancellationToken);
                nobodyWasFree = false;
            }
        }
    }

    private static Dictionary<Guid, AssignmentCandidate> ById(AssignmentTier tier)
    {
        var candidates = new Dictionary<Guid, AssignmentCandidate>(tier.Candidates.Count);
        foreach (var candidate in tier.Candidates) candidates.TryAdd(candidate.UserId, candidate);
        return candidates;
    }

    /// <summary>Who can be given another ticket, or whether this person can.</summary>
    public static BsonDocument Free(BsonValue? id = null)
    {
        var free = new BsonDocument { [UserDocument.Assignable] = true, [UserDocument.Room] = new BsonDocument("$gt", 0) };
        if (id is not null) free["_id"] = id;
        return free;
    }

    private static BsonDocument OneOf(Dictionary<Guid, AssignmentCandidate> tier) => new("$in", new BsonArray(tier.Keys.Select(id => id.Key())));

    private AssignmentCandidate? CandidateOf(Reservation reservation) =>
        _tiers.Select(tier => tier.GetValueOrDefault(reservation.User.Id)).FirstOrDefault(candidate => candidate is not null);

    private async Task<Reservation?> ReserveAsync(long turn, CancellationToken cancellationToken)
    {
        var entry = Reservation.Entry(request.TicketId, request.Revision, turn, request.At);
        foreach (var tier in _tiers)
        {
            var reservation = tier.Count <= LookUpAtMost
                ? await claims.ReserveAsync(Free(OneOf(tier)), OrderOfChoice, entry, cancellationToken)
                : await WalkAsync(tier, entry, cancellationToken);
            if (reservation is not null) return reservation;
        }

        return null;
    }

    private async Task<Reservation?> WalkAsync(
        Dictionary<Guid, AssignmentCandidate> tier, BsonDocument entry, CancellationToken cancellationToken)
    {
        while (true)
        {
            var best = await FirstAsync(store.Users.Find(Free()).Sort(OrderOfChoice), tier, cancellationToken);
            if (best is null) return null;

            // Only with the load that made them the best.
            var unchanged = Free(best["_id"]);
            unchanged[UserDocument.OpenTickets] = best[UserDocument.OpenTickets];
            if (await claims.ReserveAsync(unchanged, OrderOfChoice, entry, cancellationToken) is { } reservation) return reservation;
        }
    }

    private static async Task<BsonDocument?> FirstAsync(
        IFindFluent<BsonDocument, BsonDocument> users, Dictionary<Guid, AssignmentCandidate> tier, CancellationToken cancellationToken)
    {
        using var cursor = await users.Project(IdAndLoad).ToCursorAsync(cancellationToken);
        while (await cursor.MoveNextAsync(cancellationToken))
        {
            foreach (var user in cursor.Current)
            {
                if (tier.ContainsKey(user["_id"].ToGuid())) return user;
            }
        }

        return null;
    }

    /// <summary>The one step that decides: on the ticket, while it has the turn that the reservation was made for.</summary>
    private async Task<bool> WinAsync(BsonDocument ticket, Reservation reservation, CancellationToken cancellationToken)
    {
        while (!await TryWinAsync(ticket, reservation, cancellationToken))
        {
            // At the same turn only something else has changed, and the timeline's next number with it.
            var now = await store.Tickets.Find(new BsonDocument { ["_id"] = ticket["_id"], [TicketDocument.Turn] = reservation.Turn })
                .Project(TicketPart).FirstOrDefaultAsync(cancellationToken);
            if (now is null) return false;
            ticket = now;
        }

        return true;
    }

    private async Task<bool> TryWinAsync(BsonDocument ticket, Reservation reservation, CancellationToken cancellationToken)
    {
        var chosen = CandidateOf(reservation)!;
        var before = ticket[TicketDocument.AssignedTo] is BsonDocument person ? TicketDocument.ToPerson(person) : null;
        var entry = request.EntryOf(chosen, before, reservation.User, TicketDocument.LastEntryOf(ticket) + 1);
        var awaited = request.Acknowledgement?.Begin(
            (TicketPriority)ticket[TicketDocument.Priority].ToInt32(), ticket[TicketDocument.Version].ToInt64() + 1, request.At);
        var pushed = new BsonDocument
        {
            [TicketDocument.Claims] = TicketDocument.ClaimOf(request.Revision, reservation.User.Id, request.At),
            [TicketDocument.Outbox] = EntryDocument.Of(entry),
        };
        if (MongoClaims.OwedBy(ticket) is { } owed) pushed[TicketDocument.Owed] = owed;

        var won = await store.Tickets.UpdateOneAsync(
            new BsonDocument
            {
                ["_id"] = ticket["_id"],
                [TicketDocument.Turn] = reservation.Turn,
                [TicketDocument.Version] = ticket[TicketDocument.Version],
            },
            new BsonDocument
            {
                ["$set"] = new BsonDocument
                {
                    [TicketDocument.AssignedTo] = TicketDocument.Person(reservation.User),
                    ["assignment"] = TicketDocument.Assignment(chosen.Assignment),
                    [TicketDocument.ProposedAssignee] = reservation.User.Id.Key(),
                    [TicketDocument.Assignments] = TicketDocument.AssignmentsOf(ticket) + 1,
                    [TicketDocument.LastEntry] = entry.Seq,
                    ["updatedAt"] = MongoValues.Date(request.At),
                    [TicketDocument.Acknowledgement] = TicketDocument.Awaited(awaited),
                    [TicketDocument.Waiting] = false,
                    [TicketDocument.Claim] = reservation.Claim,
                },
                ["$push"] = pushed,
                ["$inc"] = new BsonDocument { [TicketDocument.Turn] = 1L, [TicketDocument.Version] = 1L },
            },
            cancellationToken: cancellationToken);
        return won.MatchedCount == 1;
    }

    private async Task FinishAsync(BsonDocument ticket, IEnumerable<Reservation> decided, CancellationToken cancellationToken)
    {
        foreach (var reservation in decided) await claims.SettleAsync(reservation, cancellationToken);
        foreach (var owed in ticket.List(TicketDocument.Owed)) await claims.PayAsync(ticket["_id"], owed.AsBsonDocument, cancellationToken);
    }

    private async Task<AssignmentOutcome> WhyNobodyAsync(CancellationToken cancellationToken)
    {
        foreach (var tier in _tiers)
        {
            var staff = tier.Count <= LookUpAtMost
                ? store.Users.Find(new BsonDocument(UserDocument.IsStaff) { ["_id"] = OneOf(tier) }).Limit(1)
                : store.Users.Find(UserDocument.IsStaff);
            if (await FirstAsync(staff, tier, cancellationToken) is not null) return AssignmentOutcome.NobodyFree;
        }

        return AssignmentOutcome.NoCandidates;
    }
}
