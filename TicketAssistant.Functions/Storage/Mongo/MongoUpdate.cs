using MongoDB.Bson;
using MongoDB.Driver;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>
/// One <see cref="TicketChange"/>: one update of the ticket's document, and around it what concerns the people who carry the
/// ticket before and after. See docs/decisions/0007-claims-without-transactions.md and 0008-changes-with-their-effects.md.
/// </summary>
internal sealed class MongoUpdate(MongoStore store, MongoClaims claims, TicketChange change)
{
    private static readonly BsonDocument TicketPart = new(new[]
    {
        TicketDocument.Version, TicketDocument.Status, TicketDocument.AssignedTo, TicketDocument.Turn, TicketDocument.Claim,
        TicketDocument.Claims, TicketDocument.Outbox, TicketDocument.Title, TicketDocument.Description,
    }.Select(field => new BsonElement(field, 1)));

    private readonly Ticket _ticket = change.Ticket;

    public async Task<UpdateResult> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var stored = await store.Tickets.Find(new BsonDocument("_id", _ticket.Id.Key())).Project(TicketPart).FirstOrDefaultAsync(cancellationToken);
            if (stored is null || stored[TicketDocument.Version] != _ticket.Version) return UpdateResult.Stale;
            if (change.Entries.Count > 0) await new MongoTimeline(store).MakeRoomAsync(stored, cancellationToken);

            var before = stored[TicketDocument.AssignedTo] is BsonDocument person ? TicketDocument.ToPerson(person) : null;
            var after = before;
            if (change.Assignee is { } wish)
            {
                after = wish.To is { } to ? await StaffAsync(to, wish.OnlyIfFree, cancellationToken) : null;
                if (after is null && wish.To is not null) return UpdateResult.NotStaff;
            }

            var wasOpen = IsOpen(stored);
            var carriedBy = wasOpen ? before?.Id : null;
            var carriesOn = _ticket.Status != TicketStatus.Done ? after?.Id : null;
            if (carriesOn is { } taker && taker != carriedBy)
            {
                if (await TakeAsync(stored, taker, after!, cancellationToken)) return UpdateResult.Updated;
                continue;
            }

            var isLetGo = carriedBy is not null && carriesOn is null;
            if (!await ChangeAsync(stored, after, isLetGo ? BsonNull.Value : null, atTurn: false, cancellationToken)) return UpdateResult.Stale;
            if (isLetGo) await AfterwardsAsync(limited => PayAsync(stored, limited));
            return UpdateResult.Updated;
        }
    }

    private static bool IsOpen(BsonDocument stored) => stored[TicketDocument.Status].ToEnum<TicketStatus>() != TicketStatus.Done;

    private static BsonDocument Eligible(Guid id, bool onlyIfFree) =>
        onlyIfFree ? MongoAssignment.Free(id.Key()) : new BsonDocument(UserDocument.IsStaff) { ["_id"] = id.Key() };

    private async Task<PersonRef?> StaffAsync(Guid id, bool onlyIfFree, CancellationToken cancellationToken)
    {
        var user = await store.Users.Find(Eligible(id, onlyIfFree))
            .Project(Reservation.Projection).FirstOrDefaultAsync(cancellationToken);
        return user is null ? null : new PersonRef(id, user[UserDocument.Email].AsString, user[UserDocument.Name].AsString);
    }

    /// <summary>
    /// Somebody carries it who didn't, however full they are: like a claim, but of a person's choice. False: begin anew.
    /// </summary>
    private async Task<bool> TakeAsync(BsonDocument stored, Guid userId, PersonRef assignee, CancellationToken cancellationToken)
    {
        // Whoever gets a ticket back that was closed has not been given another one, and need not be staff any more.
        var isGiven = change.Assignee is not null;
        var whom = isGiven ? Eligible(userId, change.Assignee!.OnlyIfFree) : new BsonDocument("_id", userId.Key());
        var entry = Reservation.Entry(
            _ticket.Id, Reservation.ByVersion, stored[TicketDocument.Turn].ToInt64(), isGiven ? _ticket.UpdatedAt : null);
        var reservation = await claims.ReserveAsync(whom, sort: null, entry, cancellationToken);
        if (reservation is null && isGiven) return false;

        var isTaken = await ChangeAsync(stored, assignee, reservation is null ? BsonNull.Value : reservation.Claim, atTurn: true, cancellationToken);
        await AfterwardsAsync(async limited =>
        {
            if (reservation is not null) await (isTaken ? claims.ConfirmAsync(reservation, limited) : claims.SettleAsync(reservation, limited));
            if (isTaken) await PayAsync(stored, limited);
        });
        return isTaken;
    }

    private Task PayAsync(BsonDocument stored, CancellationToken cancellationToken) =>
        MongoClaims.OwedBy(stored) is { } owed ? claims.PayAsync(stored["_id"], owed, cancellationToken) : Task.CompletedTask;

    /// <summary>The one step that decides. False where somebody else was faster.</summary>
    /// <param name="stored">The ticket as it was read.</param>
    /// <param name="assignee">Who has it after.</param>
    /// <param name="claim">The claim of who carries it after, a null of BSON for nobody; null where that doesn't change.</param>
    /// <param name="atTurn">Only at the turn that was read: somebody holds a reservation for it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<bool> ChangeAsync(
        BsonDocument stored, PersonRef? assignee, BsonValue? claim, bool atTurn, CancellationToken cancellationToken)
    {
        var filter = new BsonDocument { ["_id"] = stored["_id"], [TicketDocument.Version] = _ticket.Version };
        if (atTurn) filter[TicketDocument.Turn] = stored[TicketDocument.Turn];
        var set = TicketDocument.Changeable(_ticket, isAssigned: assignee is not null);
        if (ChangesText(stored)) set.Merge(await WordsAsync(cancellationToken));
        var raised = new BsonDocument(TicketDocument.Version, 1L);
        var pushed = new BsonDocument();
        if (change.Entries.Count > 0) pushed[TicketDocument.Outbox] = Each(change.Entries.Select(EntryDocument.Of));
        if (change.Effects.Count > 0)
            pushed[TicketDocument.Effects] = Each(change.Effects.Select(effect => EffectDocument.Of(change.EffectsKey.Version, _ticket.UpdatedAt, effect)));
        if (claim is not null)
        {
            set[TicketDocument.Claim] = claim;
            if (MongoClaims.OwedBy(stored) is { } owed) pushed[TicketDocument.Owed] = owed;
        }

        if (change.Assignee is not null)
        {
            set[TicketDocument.AssignedTo] = assignee is null ? BsonNull.Value : TicketDocument.Person(assignee);
            set[TicketDocument.Claims] = ClaimsAfter(stored, assignee);
            if (change.Assignee.ByApp) set[TicketDocument.ProposedAssignee] = assignee is null ? BsonNull.Value : assignee.Id.Key();
        }

        // Whoever is claiming it at this moment doesn't know of that.
        if (change.Assignee is not null || IsOpen(stored) != (_ticket.Status != TicketStatus.Done)) raised[TicketDocument.Turn] = 1L;

        var update = new BsonDocument { ["$set"] = set, ["$inc"] = raised };
        if (pushed.ElementCount > 0) update["$push"] = pushed;
        return (await store.Tickets.UpdateOneAsync(filter, update, cancellationToken: cancellationToken)).MatchedCount == 1;
    }

    private bool ChangesText(BsonDocument stored) => change.Entries.Any(entry => entry.Body is not null)
        || stored[TicketDocument.Title] != _ticket.Title || stored[TicketDocument.Description] != _ticket.Description;

    // What is read here is the timeline of the version that the change asks for: entries come with a new version only.
    private async Task<BsonDocument> WordsAsync(CancellationToken cancellationToken)
    {
        var entries = await new MongoTimeline(store).ListAsync(new TimelineQuery(_ticket.Id, 0, int.MaxValue, PublicOnly: false), cancellationToken);
        return TicketDocument.WordsOf(_ticket, [.. entries, .. change.Entries]);
    }

    /// <summary>Given by a person it is claimed for its triage's revision, given back it no longer is.</summary>
    private BsonArray ClaimsAfter(BsonDocument stored, PersonRef? assignee)
    {
        var revision = _ticket.Triage.Revision;
        var others = stored.List(TicketDocument.Claims).Where(claim => claim["revision"] != revision);
        if (assignee is null) return [.. others];
        var own = stored.List(TicketDocument.Claims).FirstOrDefault(claim => claim["revision"] == revision)
            ?? TicketDocument.ClaimOf(revision, assignee.Id, _ticket.UpdatedAt);
        return [.. others, own];
    }

    private static BsonDocument Each(IEnumerable<BsonDocument> items) => new("$each", new BsonArray(items));

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
