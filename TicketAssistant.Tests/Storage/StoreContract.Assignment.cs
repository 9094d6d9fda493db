using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using Xunit;

namespace TicketAssistant.Tests.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_claim_sets_the_assignee_the_reason_and_the_counter()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator, "c#");
        var ticket = await AddTicketAsync();

        Assert.Equal(AssignmentOutcome.Assigned, await Tickets.AssignAsync(
            new AssignmentRequest(ticket.Id, 1, [Tier(mod)], Now.AddMinutes(5)), Cancel));

        var assigned = await TicketAsync(ticket);
        Assert.Equal(new PersonRef(mod.Id, "mod@example.org", "mod"), assigned.AssignedTo);
        Assert.Equal("because mod", assigned.Assignment!.Reason);
        Assert.Equal(["c#"], assigned.Assignment.MatchedSkills);
        Assert.Equal(2, assigned.Version);
        Assert.Equal(Now.AddMinutes(5), assigned.UpdatedAt);
        var after = await UserAsync(mod);
        Assert.Equal(1, after.OpenTickets);
        Assert.Equal(Now.AddMinutes(5), after.LastAssignedAt);
        Assert.Equal(1, after.Version);
    }

    [Fact]
    public async Task Without_candidates_a_claim_of_that_revision_is_reported_and_none_is_made()
    {
        var person = await AddUserAsync("amy@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 1, Tier(person));

        Assert.Equal(AssignmentOutcome.Assigned, await Tickets.AssignAsync(new AssignmentRequest(ticket.Id, 1, [], Now), Cancel));
        Assert.Equal(AssignmentOutcome.NoCandidates, await Tickets.AssignAsync(new AssignmentRequest(ticket.Id, 2, [], Now), Cancel));
        Assert.Equal(person.Id, (await TicketAsync(ticket)).AssignedTo?.Id);
    }

    [Fact]
    public async Task Repeated_claim_changes_nothing()
    {
        var first = await AddUserAsync("first@example.org", Role.Moderator);
        var second = await AddUserAsync("second@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 1, Tier(first));
        var before = await TicketAsync(ticket);

        var outcomes = await TogetherAsync(16, _ => AssignAsync(ticket, 1, Tier(second)));

        Assert.All(outcomes, o => Assert.Equal(AssignmentOutcome.Assigned, o));
        Assert.Equivalent(before, await TicketAsync(ticket), strict: true);
        Assert.Equal(1, (await UserAsync(first)).OpenTickets);
        Assert.Equal(0, (await UserAsync(second)).OpenTickets);
    }

    [Fact]
    public async Task The_next_revision_moves_the_ticket_and_both_counters()
    {
        var first = await AddUserAsync("first@example.org", Role.Moderator);
        var second = await AddUserAsync("second@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 1, Tier(first));

        await AssignAsync(ticket, 2, Tier(second));

        Assert.Equal(second.Id, (await TicketAsync(ticket)).AssignedTo!.Id);
        Assert.Equal(0, (await UserAsync(first)).OpenTickets);
        Assert.Equal(1, (await UserAsync(second)).OpenTickets);

        await AssignAsync(ticket, 3, Tier(second));
        await AssertCountersAsync(first, second);
    }

    [Fact]
    public async Task The_better_tier_wins_then_the_fewest_open_then_the_longest_idle_then_the_lowest_id()
    {
        var users = new List<User>();
        for (var i = 0; i < 3; i++) users.Add(await AddUserAsync($"m{i}@example.org", Role.Moderator));
        users.Sort((a, b) => a.Id.CompareTo(b.Id));
        var expert = await AddUserAsync("expert@example.org", Role.Moderator);
        var minute = 0;

        Assert.Equal(users[0].Id, await NextAsync(Tier(users[2], users[0], users[1])));
        Assert.Equal(users[1].Id, await NextAsync(Tier(users)));
        Assert.Equal(users[2].Id, await NextAsync(Tier(users)));
        Assert.Equal(users[0].Id, await NextAsync(Tier(users))); // all have one: the longest idle
        Assert.Equal(users[1].Id, await NextAsync(Tier(users)));
        Assert.Equal(users[1].Id, await NextAsync(Tier(users[1]), Tier(users[2])));
        Assert.Equal(expert.Id, await NextAsync(Tier(expert, users[0])));
        Assert.Equal(expert.Id, await NextAsync(Tier(expert), Tier(users)));

        async Task<Guid> NextAsync(params AssignmentTier[] tiers)
        {
            var ticket = await AddTicketAsync();
            var request = new AssignmentRequest(ticket.Id, 1, tiers, Now.AddMinutes(++minute));
            Assert.Equal(AssignmentOutcome.Assigned, await Tickets.AssignAsync(request, Cancel));
            return (await TicketAsync(ticket)).AssignedTo!.Id;
        }
    }

    [Fact]
    public async Task Of_equally_loaded_ones_the_longest_idle_is_taken_even_with_a_higher_id()
    {
        User[] users = [await AddUserAsync("a@example.org", Role.Moderator), await AddUserAsync("b@example.org", Role.Moderator)];
        Array.Sort(users, (a, b) => b.Id.CompareTo(a.Id));
        for (var i = 0; i < 2; i++)
        {
            await Tickets.AssignAsync(new AssignmentRequest((await AddTicketAsync()).Id, 1, [Tier(users[i])], Now.AddMinutes(i)), Cancel);
        }

        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 1, Tier(users));

        Assert.Equal(users[0].Id, (await TicketAsync(ticket)).AssignedTo!.Id);
    }

    [Fact]
    public async Task The_away_and_the_full_are_passed_over()
    {
        var away = await AddUserAsync("away@example.org", Role.Moderator);
        await Users.UpdateAsync(away with { Away = true }, Cancel);
        var full = await AddUserAsync("full@example.org", Role.Moderator);
        await Users.UpdateAsync(full with { Capacity = 0 }, Cancel);
        var admin = await AddUserAsync("admin@example.org", Role.Admin);
        var ticket = await AddTicketAsync();

        Assert.Equal(AssignmentOutcome.NobodyFree, await AssignAsync(ticket, 1, Tier(away), Tier(full)));
        Assert.Null((await TicketAsync(ticket)).AssignedTo);
        Assert.Equal(AssignmentOutcome.Assigned, await AssignAsync(ticket, 1, Tier(away, full), Tier(admin)));
        Assert.Equal(admin.Id, (await TicketAsync(ticket)).AssignedTo!.Id);
    }

    [Fact]
    public async Task Who_is_no_longer_staff_is_no_candidate()
    {
        var gone = await AddUserAsync("gone@example.org");
        var ticket = await AddTicketAsync();

        Assert.Equal(AssignmentOutcome.NoCandidates, await AssignAsync(ticket, 1));
        Assert.Equal(AssignmentOutcome.NoCandidates, await AssignAsync(ticket, 1, Tier()));
        Assert.Equal(AssignmentOutcome.NoCandidates, await AssignAsync(ticket, 1, Tier(gone, NewUser("never@example.org", Role.Admin))));
        Assert.Equal(1, (await TicketAsync(ticket)).Version);
    }

    [Fact]
    public async Task A_missing_or_done_ticket_is_not_assignable()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var done = await AddTicketAsync(NewTicket() with { Status = TicketStatus.Done });

        Assert.Equal(AssignmentOutcome.NotAssignable, await AssignAsync(done, 1, Tier(mod)));
        Assert.Equal(AssignmentOutcome.NotAssignable, await AssignAsync(NewTicket(), 1, Tier(mod)));
        Assert.Equal(0, (await UserAsync(mod)).OpenTickets);
    }

    [Fact]
    public async Task Of_32_claims_on_the_last_free_slot_one_wins()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        await Users.UpdateAsync(mod with { Capacity = 3 }, Cancel);
        for (var i = 0; i < 2; i++) await AssignAsync(await AddTicketAsync(), 1, Tier(mod));
        var tickets = await TogetherAsync(32, _ => AddTicketAsync());

        var outcomes = await TogetherAsync(32, i => AssignAsync(tickets[i], 1, Tier(mod)));

        Assert.Single(outcomes, AssignmentOutcome.Assigned);
        Assert.Equal(31, outcomes.Count(o => o == AssignmentOutcome.NobodyFree));
        Assert.Equal(3, (await UserAsync(mod)).OpenTickets);
        await AssertCountersAsync(mod);
    }

    [Fact]
    public async Task Of_32_claims_of_one_ticket_and_revision_one_is_made()
    {
        var a = await AddUserAsync("a@example.org", Role.Moderator);
        var b = await AddUserAsync("b@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();

        await TogetherAsync(32, _ => AssignAsync(ticket, 1, Tier(a, b)));

        Assert.Equal(1, (await UserAsync(a)).OpenTickets + (await UserAsync(b)).OpenTickets);
        await AssertCountersAsync(a, b);
    }

    [Fact]
    public async Task Tickets_claimed_at_once_are_shared_equally()
    {
        var a = await AddUserAsync("a@example.org", Role.Moderator);
        var b = await AddUserAsync("b@example.org", Role.Moderator);
        var tickets = await TogetherAsync(200, _ => AddTicketAsync());
        var next = -1;

        await TogetherAsync(32, async _ =>
        {
            for (var i = Interlocked.Increment(ref next); i < 200; i = Interlocked.Increment(ref next))
            {
                Assert.Equal(AssignmentOutcome.Assigned, await AssignAsync(tickets[i], 1, Tier(a, b)));
            }

            return true;
        });

        var (hasA, hasB) = ((await UserAsync(a)).OpenTickets, (await UserAsync(b)).OpenTickets);
        Assert.Equal(200, hasA + hasB);
        Assert.InRange(hasA - hasB, -1, 1);
        await AssertCountersAsync(a, b);
    }

    [Fact]
    public async Task Done_frees_the_assignee_and_reopening_takes_them_again()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 1, Tier(mod));

        await SetAsync(TicketStatus.InProgress, open: 1);
        await SetAsync(TicketStatus.Done, open: 0);
        await SetAsync(TicketStatus.Done, open: 0);
        await SetAsync(TicketStatus.Todo, open: 1);
        Assert.Equal(UpdateResult.Stale, await Tickets.UpdateAsync(ticket with { Status = TicketStatus.Done }, Cancel));
        Assert.Equal(1, (await UserAsync(mod)).OpenTickets);

        async Task SetAsync(TicketStatus status, int open)
        {
            await Tickets.UpdateAsync(await TicketAsync(ticket) with { Status = status }, Cancel);
            Assert.Equal(open, (await UserAsync(mod)).OpenTickets);
        }
    }

    [Fact]
    public async Task Counters_equal_a_recount_after_claims_moves_and_closings_at_once()
    {
        var users = await TogetherAsync(4, i => AddUserAsync($"m{i}@example.org", Role.Moderator));
        var tickets = await TogetherAsync(60, _ => AddTicketAsync());

        await TogetherAsync(240, async i =>
        {
            var ticket = tickets[i % 60];
            if (i % 3 == 0)
            {
                var current = await TicketAsync(ticket);
                var status = current.Status == TicketStatus.Done ? TicketStatus.Todo : TicketStatus.Done;
                await Tickets.UpdateAsync(current with { Status = status }, Cancel);
            }
            else
            {
                await AssignAsync(ticket, i / 60, Tier(users[i % 4], users[(i + 1) % 4]));
            }

            return true;
        });

        await AssertCountersAsync(users);
    }

    [Fact]
    public async Task A_tier_of_ten_thousand_is_chosen_from_by_the_same_rules()
    {
        var full = await AddUserAsync("full@example.org", Role.Moderator);
        await Users.UpdateAsync(full with { Capacity = 0 }, Cancel);
        var outsider = await AddUserAsync("outsider@example.org", Role.Moderator);
        var a = await AddUserAsync("a@example.org", Role.Moderator);
        var b = await AddUserAsync("b@example.org", Role.Moderator);
        await AssignAsync(await AddTicketAsync(), 1, Tier(a));
        var strangers = Enumerable.Range(0, 9_997).Select(i => NewUser($"{i}@example.org", Role.Moderator)).ToArray();
        var ticket = await AddTicketAsync();

        Assert.Equal(AssignmentOutcome.NoCandidates, await AssignAsync(ticket, 1, Tier(strangers)));
        Assert.Equal(AssignmentOutcome.NobodyFree, await AssignAsync(ticket, 1, Tier([.. strangers, full])));
        Assert.Equal(AssignmentOutcome.Assigned, await AssignAsync(ticket, 1, Tier([.. strangers, full, a, b])));

        Assert.Equal(b.Id, (await TicketAsync(ticket)).AssignedTo!.Id);
        Assert.Equal(0, (await UserAsync(outsider)).OpenTickets);
    }

    [Fact]
    public async Task Tickets_claimed_at_once_from_a_large_tier_are_shared_equally()
    {
        var a = await AddUserAsync("a@example.org", Role.Moderator);
        var b = await AddUserAsync("b@example.org", Role.Moderator);
        var tier = Tier([a, b, .. Enumerable.Range(0, 300).Select(i => NewUser($"{i}@example.org", Role.Moderator))]);
        var tickets = await TogetherAsync(48, _ => AddTicketAsync());

        await TogetherAsync(48, i => AssignAsync(tickets[i], 1, tier));

        Assert.Equal((24, 24), ((await UserAsync(a)).OpenTickets, (await UserAsync(b)).OpenTickets));
    }

    [Fact]
    public async Task Changes_that_close_and_reopen_at_once_lose_nothing_and_keep_the_counter()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var ticket = await AddTicketAsync(NewTicket("0"));
        await AssignAsync(ticket, 1, Tier(mod));

        await TogetherAsync(60, async i =>
        {
            UpdateResult result;
            do
            {
                var current = await TicketAsync(ticket);
                var toggled = current.Status == TicketStatus.Done ? TicketStatus.Todo : TicketStatus.Done;
                result = await Tickets.UpdateAsync(
                    current with { Title = $"{int.Parse(current.Title, null) + 1}", Status = i % 3 == 0 ? current.Status : toggled }, Cancel);
            }
            while (result == UpdateResult.Stale);
            return true;
        });

        var after = await TicketAsync(ticket);
        Assert.Equal("60", after.Title);
        Assert.Equal(TicketStatus.Todo, after.Status); // 40 times toggled
        Assert.Equal(1, (await UserAsync(mod)).OpenTickets);
    }
}
