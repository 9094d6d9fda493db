using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Escalation;
using Xunit;

namespace TicketAssistant.Tests.Storage;

/// <summary>What is awaited of assignees, and choices of the app's that are no claims.</summary>
public abstract partial class StoreContract
{
    [Theory]
    [InlineData(TicketPriority.Urgent, 15)]
    [InlineData(TicketPriority.Low, 1440)]
    public async Task With_a_claim_comes_what_is_awaited_of_the_assignee_by_the_priority_that_the_ticket_has(TicketPriority priority, int minutes)
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();
        await Tickets.UpdateAsync(ticket with { Priority = priority }, Cancel);

        var request = new AssignmentRequest(ticket.Id, 1, [Tier(mod)], Now.AddMinutes(5)) { Acknowledgement = new AcknowledgementLimits() };
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(AssignmentOutcome.Assigned, await Tickets.AssignAsync(request with { At = Now.AddMinutes(5 + i) }, Cancel));
            Assert.Equal(
                new TicketAcknowledgement(3, AcknowledgementStage.Awaited, Now.AddMinutes(5), Now.AddMinutes(5 + minutes)), (await TicketAsync(ticket)).Acknowledgement);
        }
    }

    [Fact]
    public async Task Without_a_limit_nothing_is_awaited()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        var ticket = await AddTicketAsync();

        await Tickets.AssignAsync(
            new AssignmentRequest(ticket.Id, 1, [Tier(mod)], Now) { Acknowledgement = new AcknowledgementLimits { Medium = 0 } }, Cancel);

        Assert.Null((await TicketAsync(ticket)).Acknowledgement);
    }

    [Fact]
    public async Task A_change_replaces_what_is_awaited()
    {
        var ticket = await AddTicketAsync();
        var awaited = new TicketAcknowledgement(7, AcknowledgementStage.PassedOn, Now.AddMinutes(1), Now.AddMinutes(2));

        await Tickets.UpdateAsync(ticket with { Acknowledgement = awaited }, Cancel);
        Assert.Equal(awaited, (await TicketAsync(ticket)).Acknowledgement);
        await Tickets.UpdateAsync(await TicketAsync(ticket) with { Acknowledgement = null }, Cancel);

        Assert.Null((await TicketAsync(ticket)).Acknowledgement);
    }

    [Fact]
    public async Task Overdue_tickets_are_listed_longest_overdue_first()
    {
        var tickets = new List<Ticket>();
        foreach (var minute in new[] { 3, 1, 2, 9 })
        {
            var ticket = await AddTicketAsync();
            await Tickets.UpdateAsync(ticket with { Acknowledgement = new(2, AcknowledgementStage.Awaited, Now, Now.AddMinutes(minute)) }, Cancel);
            tickets.Add(ticket);
        }

        await AddTicketAsync();

        Assert.Equal([tickets[1].Id, tickets[2].Id, tickets[0].Id], (await Tickets.ListUnacknowledgedAsync(Now.AddMinutes(9), 10, Cancel)).Select(t => t.Id));
        Assert.Equal([tickets[1].Id], (await Tickets.ListUnacknowledgedAsync(Now.AddMinutes(9), 1, Cancel)).Select(t => t.Id));
        Assert.Empty(await Tickets.ListUnacknowledgedAsync(Now.AddMinutes(1), 10, Cancel));
    }

    [Fact]
    public async Task What_the_app_gives_on_it_remembers_as_its_own_choice_and_only_to_who_is_free()
    {
        var first = await AddUserAsync("first@example.org", Role.Moderator);
        var away = await AddUserAsync("away@example.org", Role.Moderator);
        var full = await AddUserAsync("full@example.org", Role.Moderator);
        var free = await AddUserAsync("free@example.org", Role.Moderator);
        await Users.UpdateAsync(away with { Away = true }, Cancel);
        await Users.UpdateAsync(full with { Capacity = 0 }, Cancel);
        await Users.UpdateAsync(free with { Capacity = 1 }, Cancel);
        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 1, Tier(first));

        foreach (var refused in new[] { away, full })
            Assert.Equal(UpdateResult.NotStaff, await GiveOnAsync(ticket, refused));
        Assert.Equal(UpdateResult.Updated, await GiveOnAsync(ticket, free));

        var after = await TicketAsync(ticket);
        Assert.Equal((free.Id, free.Id, 3L), (after.AssignedTo!.Id, after.ProposedAssignee!.Value, after.Version));
        Assert.Equal(UpdateResult.NotStaff, await GiveOnAsync(await AddTicketAsync(), free)); // now full
        await AssertCountersAsync(first, away, full, free);
    }

    [Fact]
    public async Task Of_many_that_are_given_on_at_once_to_somebody_with_room_for_one_one_gets_there()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator);
        await Users.UpdateAsync(mod with { Capacity = 1 }, Cancel);
        var tickets = await TogetherAsync(16, _ => AddTicketAsync());

        var results = await TogetherAsync(16, i => GiveOnAsync(tickets[i], mod));

        Assert.Single(results, UpdateResult.Updated);
        Assert.Equal(15, results.Count(result => result == UpdateResult.NotStaff));
        await AssertCountersAsync(mod);
    }

    [Fact]
    public async Task An_effect_keeps_which_clock_it_is_for()
    {
        var ticket = await AddTicketAsync();
        TicketEffect[] effects = [new(0, EffectKind.Acted, Acknowledgement: 17), new(1, EffectKind.Awaited)];

        await Tickets.UpdateAsync(new TicketChange(ticket) { Effects = effects }, Cancel);

        Assert.Equal(effects, await Tickets.ListEffectsAsync(new EffectsKey(ticket.Id, 2), Cancel));
    }

    private async Task<UpdateResult> GiveOnAsync(Ticket ticket, User to) => await Tickets.UpdateAsync(
        new TicketChange(await TicketAsync(ticket)) { Assignee = new AssigneeChange(to.Id) { ByApp = true, OnlyIfFree = true } }, Cancel);
}
