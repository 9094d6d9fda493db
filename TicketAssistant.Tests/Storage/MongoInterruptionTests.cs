using MongoDB.Bson;
using MongoDB.Driver;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Storage.Mongo;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Timeline;
using TicketAssistant.Tests.Support;
using Xunit;
using UpdateResult = TicketAssistant.Functions.Storage.UpdateResult;

namespace TicketAssistant.Tests.Storage;

/// <summary>
/// What several documents have to agree on holds wherever a process dies between its writes, and however slow another is. The
/// store begins to refuse writes after so many, as if their sender had died there.
/// </summary>
[Collection("fail point")]
public sealed class MongoInterruptionTests : StoreHarness
{
    private MongoTestDatabase? _database;

    private MongoTestDatabase Database => _database!;

    [Theory]
    [InlineData(0)] // nothing happened
    [InlineData(1)] // reserved
    [InlineData(2)] // won
    [InlineData(3)] // confirmed
    [InlineData(4)] // the one before released
    public async Task An_interrupted_claim_is_finished_by_its_repeat(int writes)
    {
        var (first, second, ticket) = await ReassignUntilAsync(writes);

        Assert.Equal(AssignmentOutcome.Assigned, await AssignAsync(ticket, 2, Tier(second)));

        Assert.Equal(second.Id, (await TicketAsync(ticket)).AssignedTo!.Id);
        Assert.Equal((0, 1), ((await UserAsync(first)).OpenTickets, (await UserAsync(second)).OpenTickets));
        Assert.Equal(Now, (await UserAsync(second)).LastAssignedAt);
        await AssertSettledAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task An_interrupted_claim_that_is_never_repeated_is_put_right(int writes)
    {
        var (first, second, ticket) = await ReassignUntilAsync(writes);

        await Tickets.ListWaitingAsync(1, Cancel);

        Assert.Equal(writes < 2 ? first.Id : second.Id, (await TicketAsync(ticket)).AssignedTo!.Id);
        await AssertCountersAsync(first, second);
        await AssertSettledAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_interrupted_closing_is_put_right(int writes)
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 1, Tier(mod));
        var current = await TicketAsync(ticket);

        var closed = await InterruptAsync(writes, () => Tickets.UpdateAsync(current with { Status = TicketStatus.Done }, Cancel));
        await Tickets.ListWaitingAsync(1, Cancel);

        // Once the ticket has changed the caller is told so: a repeat would be stale.
        Assert.Equal(writes > 0, closed == UpdateResult.Updated);
        Assert.Equal(writes > 0, (await TicketAsync(ticket)).Status == TicketStatus.Done);
        await AssertCountersAsync(mod);
        await AssertSettledAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task An_interrupted_reopening_is_put_right(int writes)
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 1, Tier(mod));
        await Tickets.UpdateAsync(await TicketAsync(ticket) with { Status = TicketStatus.Done }, Cancel);
        var current = await TicketAsync(ticket);

        var opened = await InterruptAsync(writes, () => Tickets.UpdateAsync(current with { Status = TicketStatus.Todo }, Cancel));
        await Tickets.ListWaitingAsync(1, Cancel);

        Assert.Equal(writes > 1, opened == UpdateResult.Updated);
        Assert.Equal(writes > 1, (await TicketAsync(ticket)).Status == TicketStatus.Todo);
        await AssertCountersAsync(mod);
        await AssertSettledAsync();
    }

    [Theory]
    [InlineData(0)] // nothing happened
    [InlineData(1)] // reserved
    [InlineData(2)] // changed
    [InlineData(3)] // confirmed
    [InlineData(4)] // the one before released
    public async Task An_interrupted_reassignment_by_a_person_is_put_right(int writes)
    {
        var first = await AddUserAsync("first@example.org", Role.Moderator);
        var second = await AddUserAsync("second@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 1, Tier(first));
        var current = await TicketAsync(ticket);

        var given = await InterruptAsync(writes, () => Tickets.UpdateAsync(new TicketChange(current) { Assignee = new AssigneeChange(second.Id) }, Cancel));
        await Tickets.ListWaitingAsync(1, Cancel);

        // Once the ticket has changed the caller is told so: a repeat would be stale.
        Assert.Equal(writes > 1, given == UpdateResult.Updated);
        Assert.Equal(writes > 1 ? second.Id : first.Id, (await TicketAsync(ticket)).AssignedTo!.Id);
        await AssertCountersAsync(first, second);
        await AssertSettledAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)] // given back
    [InlineData(2)] // released
    public async Task An_interrupted_giving_back_is_put_right(int writes)
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 1, Tier(mod));
        var current = await TicketAsync(ticket);

        var given = await InterruptAsync(writes, () => Tickets.UpdateAsync(new TicketChange(current) { Assignee = new AssigneeChange(null) }, Cancel));
        await Tickets.ListWaitingAsync(1, Cancel);

        Assert.Equal(writes > 0, given == UpdateResult.Updated);
        Assert.Equal(writes > 0, (await TicketAsync(ticket)).AssignedTo is null);
        await AssertCountersAsync(mod);
        await AssertSettledAsync();
    }

    [Fact]
    public async Task Somebody_who_stops_being_staff_while_they_are_given_a_ticket_does_not_get_it()
    {
        await AddUserAsync("admin@example.org", Role.Admin);
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        Database.BeforeWrite(1, () => Users.UpdateAsync(mod with { Role = Role.User }, Cancel));

        Assert.Equal(UpdateResult.NotStaff, await Tickets.UpdateAsync(new TicketChange(ticket) { Assignee = new AssigneeChange(mod.Id) }, Cancel));

        Assert.Equal(0, (await UserAsync(mod)).OpenTickets);
        await AssertSettledAsync();
    }

    [Fact]
    public async Task A_claim_in_whose_midst_a_comment_comes_is_won_all_the_same_and_both_are_told()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        Database.BeforeWrite(2, () => CommentAsync(ticket, 2)); // reserved, not won

        Assert.Equal(AssignmentOutcome.Assigned, await AssignAsync(ticket, 1, Tier(mod)));

        var entries = await Tickets.ListTimelineAsync(new TimelineQuery(ticket.Id, 0, 10, false), Cancel);
        Assert.Equal([(2, TimelineKind.Comment), (3, TimelineKind.Assigned)], entries.Select(e => (e.Seq, e.Kind)));
        Assert.Equal(1, (await UserAsync(mod)).OpenTickets);
        await AssertSettledAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)] // some are in both places
    [InlineData(8)] // all are
    [InlineData(9)] // none is in the ticket any more, and the change was not made
    public async Task An_interrupted_filing_of_entries_loses_and_repeats_none(int writes)
    {
        var ticket = await AddTicketAsync();
        for (var seq = 2; seq < 10; seq++) await CommentAsync(ticket, seq);

        await InterruptAsync(writes, async () =>
        {
            await CommentAsync(ticket, 10);
            return true;
        });

        Assert.Equal(Enumerable.Range(2, 8), await SeqsAsync());
        await CommentAsync(ticket, 10);
        Assert.Equal(Enumerable.Range(2, 9), await SeqsAsync());
        var document = await Database.Store.Tickets.Find(new BsonDocument("_id", ticket.Id.Key())).SingleAsync(Cancel);
        Assert.Single(document["outbox"].AsBsonArray);

        async Task<IEnumerable<int>> SeqsAsync() =>
            (await Tickets.ListTimelineAsync(new TimelineQuery(ticket.Id, 0, 100, false), Cancel)).Select(e => e.Seq);
    }

    [Fact]
    public async Task A_ticket_of_the_first_schema_is_read_and_goes_on()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 2, Tier(mod));
        var document = await Database.Store.Tickets.Find(new BsonDocument("_id", ticket.Id.Key())).SingleAsync(Cancel);
        foreach (var field in new[]
        {
            "outbox", "effects", "lastEntry", "assignments", "acknowledgement", "proposedAssignee", "releasedBy", "humanSet", "feedback", "firstResponseAt", "resolvedAt",
        })
        {
            document.Remove(field);
        }

        document["triage"].AsBsonDocument.Remove("proposed");
        document["schemaVersion"] = 1;
        await Database.Store.Tickets.ReplaceOneAsync(new BsonDocument("_id", ticket.Id.Key()), document, cancellationToken: Cancel);

        var old = await TicketAsync(ticket);
        Assert.Equal((2, 1, null), (old.Assignments, old.LastEntry, old.FirstResponseAt));
        await CommentAsync(ticket, 2);
        await AssignAsync(ticket, 3, Tier(mod));

        var entries = await Tickets.ListTimelineAsync(new TimelineQuery(ticket.Id, 0, 10, false), Cancel);
        Assert.Equal([(2, TimelineKind.Comment), (3, TimelineKind.Assigned)], entries.Select(e => (e.Seq, e.Kind)));
        Assert.Equal(3, (await TicketAsync(ticket)).Assignments);
    }

    [Fact]
    public async Task A_place_reserved_for_a_ticket_that_was_closed_meanwhile_is_free_again()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        await Users.UpdateAsync(mod with { Capacity = 1 }, Cancel);
        var ticket = await AddTicketAsync();
        await InterruptAsync(1, () => AssignAsync(ticket, 1, Tier(mod)));
        await Tickets.UpdateAsync(ticket with { Status = TicketStatus.Done }, Cancel);

        Assert.Equal(AssignmentOutcome.NotAssignable, await AssignAsync(ticket, 1, Tier(mod)));
        await Tickets.ListWaitingAsync(1, Cancel);

        Assert.Equal(AssignmentOutcome.Assigned, await AssignAsync(await AddTicketAsync(), 1, Tier(mod)));
        await AssertSettledAsync();
    }

    [Fact]
    public async Task The_last_place_reserved_for_a_request_serves_its_repeat()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        await Users.UpdateAsync(mod with { Capacity = 1 }, Cancel);
        var ticket = await AddTicketAsync();
        await InterruptAsync(1, () => AssignAsync(ticket, 1, Tier(mod)));

        Assert.Equal(AssignmentOutcome.NobodyFree, await AssignAsync(await AddTicketAsync(), 1, Tier(mod)));
        Assert.Equal(AssignmentOutcome.Assigned, await AssignAsync(ticket, 1, Tier(mod)));

        Assert.Equal(1, (await UserAsync(mod)).OpenTickets);
        await AssertSettledAsync();
    }

    [Fact]
    public async Task A_place_reserved_with_somebody_who_is_no_longer_a_candidate_is_given_up_by_the_repeat()
    {
        var gone = await AddUserAsync("gone@example.org", Role.Moderator);
        var other = await AddUserAsync("other@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        await InterruptAsync(1, () => AssignAsync(ticket, 1, Tier(gone)));

        await AssignAsync(ticket, 1, Tier(other));

        Assert.Equal(other.Id, (await TicketAsync(ticket)).AssignedTo!.Id);
        await AssertCountersAsync(gone, other);
        await AssertSettledAsync();
    }

    [Fact]
    public async Task A_confirmation_that_comes_after_the_release_changes_nothing()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        await InterruptAsync(2, () => AssignAsync(ticket, 1, Tier(mod))); // won, not confirmed
        var claims = new MongoClaims(Database.Store);
        var slow = Assert.Single(await claims.ListAsync(ticket.Id, Cancel));
        await Tickets.UpdateAsync(await TicketAsync(ticket) with { Status = TicketStatus.Done }, Cancel);

        await claims.ConfirmAsync(slow, Cancel);

        Assert.Equal(0, (await UserAsync(mod)).OpenTickets);
        await AssertSettledAsync();
    }

    [Fact]
    public async Task A_ticket_that_is_closed_while_it_is_being_claimed_stays_nobodys()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        Database.BeforeWrite(2, () => Tickets.UpdateAsync(ticket with { Status = TicketStatus.Done }, Cancel)); // reserved, not won

        Assert.Equal(AssignmentOutcome.NotAssignable, await AssignAsync(ticket, 1, Tier(mod)));

        Assert.Equal(0, (await UserAsync(mod)).OpenTickets);
        Assert.Null((await TicketAsync(ticket)).AssignedTo);
        await AssertSettledAsync();
    }

    [Fact]
    public async Task A_reopening_whose_reservation_was_repaired_away_makes_a_new_one()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 1, Tier(mod));
        await Tickets.UpdateAsync(await TicketAsync(ticket) with { Status = TicketStatus.Done }, Cancel);
        var current = await TicketAsync(ticket);
        Database.BeforeWrite(2, () => Tickets.ListWaitingAsync(1, Cancel)); // reserved, not opened

        Assert.Equal(UpdateResult.Updated, await Tickets.UpdateAsync(current with { Status = TicketStatus.Todo }, Cancel));

        Assert.Equal(1, (await UserAsync(mod)).OpenTickets);
        await AssertSettledAsync();
    }

    [Fact]
    public async Task Of_two_claims_of_a_revision_that_take_different_places_one_wins_and_the_other_lets_go()
    {
        var a = await AddUserAsync("a@example.org", Role.Moderator);
        var b = await AddUserAsync("b@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        Database.BeforeWrite(1, () => AssignAsync(ticket, 1, Tier(b))); // it saw no reservation of the other

        Assert.Equal(AssignmentOutcome.Assigned, await AssignAsync(ticket, 1, Tier(a)));

        Assert.Equal(b.Id, (await TicketAsync(ticket)).AssignedTo!.Id);
        Assert.Equal((0, 1), ((await UserAsync(a)).OpenTickets, (await UserAsync(b)).OpenTickets));
        await AssertSettledAsync();
    }

    [Fact]
    public async Task The_last_place_that_went_to_the_same_request_elsewhere_is_not_reported_as_nobody_free()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        await Users.UpdateAsync(mod with { Capacity = 1 }, Cancel);
        var ticket = await AddTicketAsync();
        Database.BeforeWrite(1, () => AssignAsync(ticket, 1, Tier(mod)));

        Assert.Equal(AssignmentOutcome.Assigned, await AssignAsync(ticket, 1, Tier(mod)));

        Assert.Equal(1, (await UserAsync(mod)).OpenTickets);
        await AssertSettledAsync();
    }

    [Fact]
    public async Task A_demotion_during_which_the_witness_was_demoted_is_refused()
    {
        var a = await AddUserAsync("a@example.org", Role.Admin);
        var b = await AddUserAsync("b@example.org", Role.Admin);
        Database.BeforeWrite(3, () => Users.UpdateAsync(b with { Role = Role.User }, Cancel)); // witness found, announced, not changed

        Assert.Equal(UpdateResult.LastAdmin, await Users.UpdateAsync(a with { Role = Role.User }, Cancel));

        Assert.Equal([a.Id], (await Users.ListAsync(new UserQuery(Role.Admin), Cancel)).Items.Select(u => u.Id));
    }

    [Fact]
    public async Task A_slow_change_of_skills_whose_announcement_was_repaired_away_does_not_happen_unannounced()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator, "c#");
        var seen = 0L;
        Database.BeforeWrite(2, async () =>
        {
            await Tickets.ListWaitingAsync(1, Cancel);
            seen = await Users.GetDirectoryVersionAsync(Cancel); // a reader files the old skills under this
            await Database.FailWritesAfterAsync(1); // and the process dies after its next write
        });

        await Assert.ThrowsAsync<StoreUnavailableException>(() => Users.UpdateAsync(mod with { Skills = ["go"] }, Cancel));
        await Database.StopFailingAsync();

        var isAsRead = (await UserAsync(mod)).Skills[0] == "c#";
        Assert.True(isAsRead || await Users.GetDirectoryVersionAsync(Cancel) > seen);
    }

    [Fact]
    public async Task Repairs_at_every_moment_disturb_nothing()
    {
        var users = await TogetherAsync(4, i => AddUserAsync($"m{i}@example.org", Role.Moderator));
        var tickets = await TogetherAsync(20, _ => AddTicketAsync());
        var isOver = false;
        var repairs = TogetherAsync(2, async _ =>
        {
            while (!Volatile.Read(ref isOver)) await Tickets.ListWaitingAsync(1, Cancel);
            return true;
        });

        var outcomes = await TogetherAsync(200, async i =>
        {
            var ticket = tickets[i % 20];
            if (i % 2 == 0)
            {
                return (await AssignAsync(ticket, i / 20, Tier(users[i % 4], users[(i + 1) % 4]))) is AssignmentOutcome.Assigned or AssignmentOutcome.NotAssignable;
            }

            var current = await TicketAsync(ticket);
            var status = current.Status == TicketStatus.Done ? TicketStatus.Todo : TicketStatus.Done;
            await Tickets.UpdateAsync(current with { Status = status }, Cancel);
            return true;
        });
        Volatile.Write(ref isOver, true);
        await repairs;

        Assert.All(outcomes, Assert.True);
        await AssertCountersAsync(users);
        await AssertSettledAsync();
    }

    [Theory]
    [InlineData(0)] // nothing happened
    [InlineData(1)] // announced
    [InlineData(2)] // changed
    public async Task An_interrupted_change_of_the_staff_leaves_no_stale_directory(int writes)
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator, "c#");
        var before = await Users.GetDirectoryVersionAsync(Cancel);

        await InterruptAsync(writes, () => Users.UpdateAsync(mod with { Skills = ["go"] }, Cancel));

        // Whatever was read meanwhile is not current afterwards.
        var meanwhile = await Users.GetDirectoryVersionAsync(Cancel);
        Assert.Equal(writes > 0, meanwhile > before);
        Assert.Equal(writes > 0, await Users.GetDirectoryVersionAsync(Cancel) > meanwhile);

        await Tickets.ListWaitingAsync(1, Cancel);
        var after = await Users.GetDirectoryVersionAsync(Cancel);
        Assert.Equal(writes > 0, after > meanwhile);
        Assert.Equal(after, await Users.GetDirectoryVersionAsync(Cancel));
        Assert.Equal(writes > 1 ? "go" : "c#", Assert.Single((await UserAsync(mod)).Skills));
    }

    [Fact]
    public async Task A_new_moderator_whose_sign_up_was_interrupted_is_in_no_stale_directory()
    {
        var before = await Users.GetDirectoryVersionAsync(Cancel);

        await InterruptAsync(2, () => Users.InsertIfAbsentAsync(NewUser("mod@example.org", Role.Moderator), Cancel));
        Assert.Single(await Users.ListStaffAsync(Cancel));
        Assert.True(await Users.GetDirectoryVersionAsync(Cancel) > before);

        await Tickets.ListWaitingAsync(1, Cancel);
        Assert.Equal(await Users.GetDirectoryVersionAsync(Cancel), await Users.GetDirectoryVersionAsync(Cancel));
    }

    [Fact]
    public async Task Of_any_number_of_admins_demoted_at_once_one_stays()
    {
        for (var round = 0; round < 5; round++)
        {
            var present = (await Users.ListAsync(new UserQuery(Role.Admin), Cancel)).Items;
            var added = await TogetherAsync(5, i => AddUserAsync($"{round}.{i}@example.org", Role.Admin));
            User[] admins = [.. present, .. added];

            var results = await TogetherAsync(admins.Length, i => Users.UpdateAsync(admins[i] with { Role = Role.User }, Cancel));

            Assert.Single(results, UpdateResult.LastAdmin);
            Assert.Single((await Users.ListAsync(new UserQuery(Role.Admin), Cancel)).Items);
        }
    }

    [Fact]
    public async Task Indexes_made_by_many_at_once_are_there_once_and_a_different_one_is_named()
    {
        await TogetherAsync(8, async _ =>
        {
            await MongoIndexes.EnsureAsync(Database.Store);
            return true;
        });
        var names = (await (await Database.Store.Tickets.Indexes.ListAsync(Cancel)).ToListAsync(Cancel)).Select(i => i["name"].AsString);
        Assert.Equal(
            [
                "_id_", "byAssignee", "byCreated", "byPriority", "byRequester", "byStatus", "byTriage", "byUpdated", "effects", "facts", "fallback",
                "owed", "resolved", "unacknowledged", "waiting", "words",
            ],
            names.Order(StringComparer.Ordinal));

        await using var other = MongoTestDatabase.Open();
        await other.Store.Users.Indexes.CreateOneAsync(
            new CreateIndexModel<BsonDocument>(new BsonDocument("name", 1), new CreateIndexOptions { Name = "email" }), cancellationToken: Cancel);
        var refusal = await Assert.ThrowsAsync<StoreUnavailableException>(() => other.Stores().Users.FindAsync(Guid.NewGuid(), Cancel));
        Assert.Contains("drop it", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fields_of_a_newer_version_are_passed_over()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        var newer = new BsonDocument("$set", new BsonDocument { ["schemaVersion"] = 2, ["triage.mood"] = "?", ["tags"] = new BsonArray { "x" } });
        await Database.Store.Users.UpdateOneAsync(new BsonDocument("_id", mod.Id.Key()), newer, cancellationToken: Cancel);
        await Database.Store.Tickets.UpdateOneAsync(new BsonDocument("_id", ticket.Id.Key()), newer, cancellationToken: Cancel);

        Assert.Equivalent(mod, await UserAsync(mod), strict: true);
        Assert.Equivalent(ticket, await TicketAsync(ticket), strict: true);
    }

    protected override Task<Stores> OpenAsync()
    {
        _database = MongoTestDatabase.Open();
        return Task.FromResult(_database.Stores());
    }

    protected override async ValueTask CloseAsync()
    {
        if (_database is null) return;
        await _database.StopFailingAsync();
        await _database.DisposeAsync();
    }

    private async Task CommentAsync(Ticket ticket, int seq) => Assert.Equal(UpdateResult.Updated, await Tickets.UpdateAsync(
        new TicketChange(await TicketAsync(ticket) with { LastEntry = seq })
        {
            Entries = [new TimelineEntry { Seq = seq, At = Now, Actor = TimelineActor.System, Kind = TimelineKind.Comment, Body = "x" }],
        },
        Cancel));

    private async Task<(User First, User Second, Ticket Ticket)> ReassignUntilAsync(int writes)
    {
        var first = await AddUserAsync("first@example.org", Role.Moderator);
        var second = await AddUserAsync("second@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 1, Tier(first));
        await InterruptAsync(writes, () => AssignAsync(ticket, 2, Tier(second)));
        return (first, second, ticket);
    }

    /// <summary>The result, or default where the store refused.</summary>
    private async Task<T?> InterruptAsync<T>(int writes, Func<Task<T>> run) where T : struct
    {
        await Database.FailWritesAfterAsync(writes);
        try
        {
            return await run();
        }
        catch (StoreUnavailableException)
        {
            return null;
        }
        finally
        {
            await Database.StopFailingAsync();
        }
    }

    /// <summary>Nothing is on its way, and each document agrees with itself and with the others.</summary>
    private async Task AssertSettledAsync()
    {
        var held = new List<BsonValue>();
        foreach (var user in await Database.Store.Users.Find(new BsonDocument()).ToListAsync(Cancel))
        {
            Assert.Empty(user["reserved"].AsBsonArray);
            Assert.Equal(user["held"].AsBsonArray.Count, user["openTickets"].ToInt32());
            Assert.Equal(user["capacity"].IsBsonNull ? 1_000_000_000 : user["capacity"].ToInt64(), user["openTickets"].ToInt64() + user["room"].ToInt64());
            held.AddRange(user["held"].AsBsonArray);
        }

        var tickets = await Database.Store.Tickets.Find(new BsonDocument()).ToListAsync(Cancel);
        Assert.All(tickets, ticket => Assert.Empty(ticket["owed"].AsBsonArray));
        Assert.All(tickets, ticket => Assert.Distinct(ticket["claims"].AsBsonArray.Select(c => c["revision"])));
        Assert.Equal(tickets.Select(t => t["claim"]).Where(c => !c.IsBsonNull).Order(), held.Order());
    }
}
