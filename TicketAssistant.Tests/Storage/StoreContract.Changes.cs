using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Timeline;
using Xunit;

namespace TicketAssistant.Tests.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_change_is_stored_with_its_entries_and_effects()
    {
        var ticket = await AddTicketAsync();
        var author = Guid.NewGuid();
        var mail = new MailKey(ticket.Id, MailKind.Replied, Guid.NewGuid(), 2);
        TimelineEntry[] entries =
        [
            new()
            {
                Seq = 2, At = Now.AddSeconds(1), Actor = new TimelineActor(ActorKind.Person, author, "Ann"), Kind = TimelineKind.Comment,
                Body = "Größe 😀\n<b>", Internal = true,
            },
            new()
            {
                Seq = 3, At = Now.AddSeconds(1), Actor = new TimelineActor(ActorKind.Gemini, Name: "m-1"), Kind = TimelineKind.Corrected,
                Field = "assignedTo", From = "A", To = "B", FromId = Guid.NewGuid(), ToId = Guid.NewGuid(), Reason = "because",
            },
        ];
        TicketEffect[] effects = [new(0, EffectKind.Mail, mail), new(1, EffectKind.HandOut)];

        var result = await Tickets.UpdateAsync(
            new TicketChange(ticket with { LastEntry = 3, UpdatedAt = Now.AddSeconds(1) }) { Entries = entries, Effects = effects }, Cancel);

        Assert.Equal(UpdateResult.Updated, result);
        Assert.Equal(3, (await TicketAsync(ticket)).LastEntry);
        Assert.Equivalent(entries, await TimelineAsync(ticket), strict: true);
        var key = new EffectsKey(ticket.Id, 2);
        Assert.Equal(effects, await Tickets.ListEffectsAsync(key, Cancel));
        Assert.Equal([key], await Tickets.ListLeftoverEffectsAsync(Now.AddSeconds(2), 10, Cancel));
        Assert.Empty(await Tickets.ListLeftoverEffectsAsync(Now.AddSeconds(1), 10, Cancel));
        Assert.Empty(await Tickets.ListEffectsAsync(key with { Version = 1 }, Cancel));
    }

    [Fact]
    public async Task An_effect_is_struck_out_once_and_the_others_stay()
    {
        var ticket = await AddTicketAsync();
        await Tickets.UpdateAsync(
            new TicketChange(ticket) { Effects = [new(0, EffectKind.HandOut), new(1, EffectKind.Acted), new(2, EffectKind.HandOut)] }, Cancel);
        await Tickets.UpdateAsync(new TicketChange(ticket with { Version = 2 }) { Effects = [new(1, EffectKind.Acted)] }, Cancel);
        var key = new EffectsKey(ticket.Id, 2);

        for (var i = 0; i < 2; i++) await Tickets.SettleEffectAsync(key, 1, Cancel);

        Assert.Equal([0, 2], (await Tickets.ListEffectsAsync(key, Cancel)).Select(e => e.Number));
        Assert.Single(await Tickets.ListEffectsAsync(key with { Version = 3 }, Cancel));
        Assert.Equal(2, (await Tickets.ListLeftoverEffectsAsync(Now.AddYears(1), 10, Cancel)).Count);
        await Tickets.SettleEffectAsync(key, 0, Cancel);
        await Tickets.SettleEffectAsync(key, 2, Cancel);
        Assert.Equal([key with { Version = 3 }], await Tickets.ListLeftoverEffectsAsync(Now.AddYears(1), 10, Cancel));
        await Tickets.SettleEffectAsync(new EffectsKey(Guid.NewGuid(), 1), 0, Cancel);
    }

    [Fact]
    public async Task Of_a_stale_change_nothing_is_stored()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        await Tickets.UpdateAsync(ticket, Cancel);

        var stale = new TicketChange(ticket with { LastEntry = 2 })
        {
            Assignee = new AssigneeChange(mod.Id),
            Entries = [Comment(2)],
            Effects = [new(0, EffectKind.HandOut)],
        };
        Assert.Equal(UpdateResult.Stale, await Tickets.UpdateAsync(stale, Cancel));

        Assert.Empty(await TimelineAsync(ticket));
        Assert.Empty(await Tickets.ListLeftoverEffectsAsync(Now.AddYears(1), 10, Cancel));
        Assert.Null((await TicketAsync(ticket)).AssignedTo);
        Assert.Equal(0, (await UserAsync(mod)).OpenTickets);
    }

    [Theory]
    [InlineData(1, 2)] // one more than the ticket says
    [InlineData(3, 2)] // the ticket says more
    [InlineData(2, 1)] // of the creation
    public async Task Entries_out_of_sequence_are_refused(int last, int seq)
    {
        var ticket = await AddTicketAsync();

        await Assert.ThrowsAsync<ArgumentException>(
            () => Tickets.UpdateAsync(new TicketChange(ticket with { LastEntry = last }) { Entries = [Comment(seq)] }, Cancel));
    }

    [Fact]
    public async Task A_timeline_of_any_length_is_read_in_order_from_anywhere()
    {
        var ticket = await AddTicketAsync();
        var other = await AddTicketAsync();
        for (var i = 0; i < 30; i++)
        {
            await CommentAsync(ticket, isInternal: i % 3 == 0);
            if (i < 3) await CommentAsync(other);
        }

        Assert.Equal(Enumerable.Range(2, 30), (await TimelineAsync(ticket)).Select(e => e.Seq));
        Assert.Equal(Enumerable.Range(2, 3), (await TimelineAsync(other)).Select(e => e.Seq));
        Assert.Equal([11, 12, 13, 14], (await TimelineAsync(ticket, after: 10, limit: 4)).Select(e => e.Seq));
        Assert.Equal([30, 31], (await TimelineAsync(ticket, after: 29, limit: 4)).Select(e => e.Seq));
        Assert.Equal([27, 28, 30, 31], (await TimelineAsync(ticket, after: 25, limit: 4, publicOnly: true)).Select(e => e.Seq));
        Assert.Equal([3, 4, 6], (await TimelineAsync(ticket, limit: 3, publicOnly: true)).Select(e => e.Seq));
        Assert.Empty(await TimelineAsync(ticket, after: 31));
        Assert.Empty(await TimelineAsync(NewTicket()));
        Assert.All(await TimelineAsync(ticket), e => Assert.Equal($"Comment {e.Seq}", e.Body));
    }

    [Fact]
    public async Task Entries_of_many_at_once_are_numbered_without_gaps()
    {
        var users = await TogetherAsync(3, i => AddUserAsync($"m{i}@example.org", Role.Moderator));
        var ticket = await AddTicketAsync();

        await TogetherAsync(60, async i =>
        {
            if (i % 6 == 0) await AssignAsync(ticket, i, Tier(users[i % 3]));
            else await CommentAsync(ticket);
            return true;
        });

        var after = await TicketAsync(ticket);
        Assert.Equal(61, after.LastEntry);
        Assert.Equal(Enumerable.Range(2, 60), (await TimelineAsync(ticket)).Select(e => e.Seq));
        Assert.Equal(10, after.Assignments);
        Assert.Equal(10, (await TimelineAsync(ticket)).Count(e => e.Kind == TimelineKind.Assigned));
    }

    [Fact]
    public async Task A_claim_is_told_counted_and_kept_as_the_proposal()
    {
        var first = await AddUserAsync("first@example.org", Role.Moderator);
        var second = await AddUserAsync("second@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();

        await AssignAsync(ticket, 1, Tier(first));
        await AssignAsync(ticket, 2, Tier(second));
        await AssignAsync(ticket, 2, Tier(first));

        var after = await TicketAsync(ticket);
        Assert.Equal((2, (Guid?)second.Id, 3), (after.Assignments, after.ProposedAssignee, after.LastEntry));
        var entries = await TimelineAsync(ticket);
        Assert.Equal(["because first", "because second"], entries.Select(e => e.Reason));
        Assert.All(entries, e => Assert.Equal((TimelineKind.Assigned, TimelineActor.System, "assignedTo", Now, false), (e.Kind, e.Actor, e.Field, e.At, e.Internal)));
        Assert.Equal((null, "first", null, (Guid?)first.Id), (entries[0].From, entries[0].To, entries[0].FromId, entries[0].ToId));
        Assert.Equal(("first", "second", (Guid?)first.Id, (Guid?)second.Id), (entries[1].From, entries[1].To, entries[1].FromId, entries[1].ToId));
    }

    [Fact]
    public async Task Given_by_a_person_it_counts_with_them_however_full_and_away_and_no_claim_moves_it()
    {
        var full = await AddUserAsync("full@example.org", Role.Moderator);
        await Users.UpdateAsync(full with { Capacity = 0, Away = true }, Cancel);
        var other = await AddUserAsync("other@example.org", Role.Admin);
        var ticket = await AddTicketAsync();
        var reason = new TicketAssignment("by hand", [], 0);

        var given = ticket with { Assignment = reason, Assignments = 1, UpdatedAt = Now.AddMinutes(5) };
        Assert.Equal(UpdateResult.Updated, await Tickets.UpdateAsync(new TicketChange(given) { Assignee = new AssigneeChange(full.Id) }, Cancel));
        Assert.Equal(AssignmentOutcome.Assigned, await AssignAsync(ticket, 1, Tier(other)));

        var after = await TicketAsync(ticket);
        Assert.Equal(new PersonRef(full.Id, full.Email, full.Name), after.AssignedTo);
        Assert.Equal(("by hand", 1, null, 2L), (after.Assignment!.Reason, after.Assignments, after.ProposedAssignee, after.Version));
        var person = await UserAsync(full);
        Assert.Equal((1, Now.AddMinutes(5)), (person.OpenTickets, person.LastAssignedAt));
        await AssertCountersAsync(full, other);
    }

    [Fact]
    public async Task Only_staff_is_given_a_ticket()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var user = await AddUserAsync("user@example.org");
        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 1, Tier(mod));
        var before = await TicketAsync(ticket);

        foreach (var id in new[] { user.Id, Guid.NewGuid() })
        {
            Assert.Equal(UpdateResult.NotStaff, await Tickets.UpdateAsync(
                new TicketChange(before with { Title = "x" }) { Assignee = new AssigneeChange(id) }, Cancel));
        }

        Assert.Equivalent(before, await TicketAsync(ticket), strict: true);
        await AssertCountersAsync(mod, user);
    }

    [Fact]
    public async Task Given_to_another_it_counts_with_them_only()
    {
        var first = await AddUserAsync("first@example.org", Role.Moderator);
        var second = await AddUserAsync("second@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 1, Tier(first));

        foreach (var to in new[] { second, second, first, second })
        {
            await Tickets.UpdateAsync(new TicketChange(await TicketAsync(ticket)) { Assignee = new AssigneeChange(to.Id) }, Cancel);
            Assert.Equal(to.Id, (await TicketAsync(ticket)).AssignedTo!.Id);
            Assert.Equal(1, (await UserAsync(to)).OpenTickets);
            Assert.Equal(1, (await UserAsync(first)).OpenTickets + (await UserAsync(second)).OpenTickets);
        }

        // In one step with closing and with reopening.
        await Tickets.UpdateAsync(
            new TicketChange(await TicketAsync(ticket) with { Status = TicketStatus.Done }) { Assignee = new AssigneeChange(first.Id) }, Cancel);
        Assert.Equal((0, 0), ((await UserAsync(first)).OpenTickets, (await UserAsync(second)).OpenTickets));
        await Tickets.UpdateAsync(
            new TicketChange(await TicketAsync(ticket) with { Status = TicketStatus.Todo }) { Assignee = new AssigneeChange(second.Id) }, Cancel);
        Assert.Equal((0, 1), ((await UserAsync(first)).OpenTickets, (await UserAsync(second)).OpenTickets));
    }

    [Fact]
    public async Task Given_back_it_waits_and_is_claimed_again()
    {
        var first = await AddUserAsync("first@example.org", Role.Moderator);
        var second = await AddUserAsync("second@example.org", Role.Moderator);
        var ticket = await AddTicketAsync(NewTicket() with { Triage = new TicketTriage { State = TriageState.Succeeded } });
        await AssignAsync(ticket, 1, Tier(first));
        Assert.Empty(await Tickets.ListWaitingAsync(1, Cancel));

        await Tickets.UpdateAsync(new TicketChange(await TicketAsync(ticket)) { Assignee = new AssigneeChange(null) }, Cancel);

        Assert.Null((await TicketAsync(ticket)).AssignedTo);
        Assert.Equal(0, (await UserAsync(first)).OpenTickets);
        Assert.Equal([ticket.Id], (await Tickets.ListWaitingAsync(2, Cancel)).Select(t => t.Id));
        Assert.Equal(AssignmentOutcome.Assigned, await AssignAsync(ticket, 1, Tier(second)));
        Assert.Equal(second.Id, (await TicketAsync(ticket)).AssignedTo!.Id);
        Assert.Empty(await Tickets.ListWaitingAsync(1, Cancel));
        await AssertCountersAsync(first, second);
    }

    [Fact]
    public async Task Of_32_who_take_a_ticket_at_once_one_has_it()
    {
        var users = await TogetherAsync(32, i => AddUserAsync($"m{i}@example.org", Role.Moderator));
        var ticket = await AddTicketAsync();

        var results = await TogetherAsync(32, i => Tickets.UpdateAsync(new TicketChange(ticket) { Assignee = new AssigneeChange(users[i].Id) }, Cancel));

        Assert.Single(results, UpdateResult.Updated);
        Assert.Equal(users[Array.IndexOf(results, UpdateResult.Updated)].Id, (await TicketAsync(ticket)).AssignedTo!.Id);
        await AssertCountersAsync(users);
    }

    [Fact]
    public async Task Counters_equal_a_recount_after_everything_at_once()
    {
        var users = await TogetherAsync(4, i => AddUserAsync($"m{i}@example.org", Role.Moderator));
        var tickets = await TogetherAsync(20, _ => AddTicketAsync());

        await TogetherAsync(240, async i =>
        {
            var ticket = tickets[i % 20];
            var current = await TicketAsync(ticket);
            var isDone = current.Status == TicketStatus.Done;
            var toggled = current with { Status = isDone ? TicketStatus.Todo : TicketStatus.Done };
            _ = (i / 20 % 4) switch
            {
                0 => (object)await AssignAsync(ticket, i / 80, Tier(users[i % 4], users[(i + 1) % 4])),
                1 => await Tickets.UpdateAsync(new TicketChange(current) { Assignee = new AssigneeChange(users[(i + 2) % 4].Id) }, Cancel),
                2 => await Tickets.UpdateAsync(new TicketChange(current) { Assignee = new AssigneeChange(null) }, Cancel),
                _ => await Tickets.UpdateAsync(toggled, Cancel),
            };
            return true;
        });

        await AssertCountersAsync(users);
    }

    private static TimelineEntry Comment(int seq, bool isInternal = false) => new()
    {
        Seq = seq,
        At = Now,
        Actor = TimelineActor.System,
        Kind = TimelineKind.Comment,
        Body = $"Comment {seq}",
        Internal = isInternal,
    };

    private async Task CommentAsync(Ticket ticket, bool isInternal = false)
    {
        Ticket current;
        do current = await TicketAsync(ticket);
        while (await Tickets.UpdateAsync(
            new TicketChange(current with { LastEntry = current.LastEntry + 1 }) { Entries = [Comment(current.LastEntry + 1, isInternal)] }, Cancel) == UpdateResult.Stale);
    }

    private Task<IReadOnlyList<TimelineEntry>> TimelineAsync(Ticket ticket, int after = 0, int limit = 100, bool publicOnly = false) =>
        Tickets.ListTimelineAsync(new TimelineQuery(ticket.Id, after, limit, publicOnly), Cancel);
}
