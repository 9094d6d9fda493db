using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using Xunit;

namespace TicketAssistant.Tests.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Changed_tickets_are_listed_by_their_last_change_and_page_by_page_between_equals()
    {
        var tickets = new List<Ticket>();
        foreach (var minute in new[] { 3, 1, 2, 2, 2, 1 }) tickets.Add(await AddTicketAsync(NewTicket(createdAt: Now.AddMinutes(minute))));
        await Tickets.UpdateAsync(tickets[0] with { UpdatedAt = Now.AddMinutes(4) }, Cancel);
        var expected = tickets.Skip(1).OrderBy(t => t.UpdatedAt).ThenBy(t => $"{t.Id}", StringComparer.Ordinal).Select(t => new TicketStamp(t.Id, t.CreatedBy.Id, 1, t.UpdatedAt))
            .Append(new TicketStamp(tickets[0].Id, tickets[0].CreatedBy.Id, 2, Now.AddMinutes(4))).ToList();

        var seen = new List<TicketStamp>();
        IReadOnlyList<TicketStamp> page;
        do
        {
            page = await Tickets.ListChangesAsync(Now, seen.LastOrDefault(), 2, Cancel);
            seen.AddRange(page);
        }
        while (page.Count == 2);

        Assert.Equal(expected, seen);
        Assert.Equal(expected.Skip(2), await Tickets.ListChangesAsync(Now.AddMinutes(2), null, 100, Cancel));
    }

    [Fact]
    public async Task When_tickets_became_done_is_told_of_those_that_still_are_whenever_they_were_created()
    {
        async Task<Ticket> DoneAsync(string title, DateTimeOffset created, DateTimeOffset resolved)
        {
            var ticket = await AddTicketAsync(NewTicket(title, created));
            await Tickets.UpdateAsync(ticket with { Status = TicketStatus.Done, ResolvedAt = resolved }, Cancel);
            return ticket;
        }

        await DoneAsync("old, done today", Now.AddDays(-400), Now.AddHours(-1));
        await DoneAsync("done at the first moment", Now.AddDays(-3), Now.AddDays(-2));
        await DoneAsync("done before", Now.AddDays(-5), Now.AddDays(-2).AddMilliseconds(-1));
        var reopened = await DoneAsync("reopened", Now.AddDays(-1), Now.AddHours(-2));
        await Tickets.UpdateAsync((await TicketAsync(reopened)) with { Status = TicketStatus.Todo, ResolvedAt = null }, Cancel);
        await AddTicketAsync(NewTicket("open", Now));

        var resolved = await Tickets.ListResolvedAsync(Now.AddDays(-2), Cancel);

        Assert.Equal([Now.AddDays(-2), Now.AddHours(-1)], resolved.Order());
    }

    [Fact]
    public async Task Facts_tell_what_became_of_tickets_and_of_what_their_analysis_said()
    {
        var (ann, bob) = (await AddUserAsync("ann@example.org", Role.Moderator), await AddUserAsync("bob@example.org", Role.Moderator));
        var triage = new TicketTriage
        {
            State = TriageState.Succeeded,
            Source = TriageSource.Offline,
            Proposed = new TriageProposal(TicketType.Bug, TicketPriority.High, ["go", "sql"]),
        };
        var kept = await AddTicketAsync(NewTicket("kept", Now.AddDays(-1)) with { Type = TicketType.Bug, Priority = TicketPriority.High, RelatedSkills = ["go", "sql"], Triage = triage });
        var other = await AddTicketAsync(NewTicket("other", Now.AddDays(-2)) with { Type = TicketType.Billing, Priority = TicketPriority.Low, RelatedSkills = ["go"], Triage = triage });
        var plain = await AddTicketAsync(NewTicket("plain", Now.AddDays(-3)));
        var old = await AddTicketAsync(NewTicket("old", Now.AddDays(-9)));
        await AssignAsync(kept, 1, Tier(ann));
        await AssignAsync(other, 1, Tier(ann));
        await Tickets.UpdateAsync(new TicketChange(await TicketAsync(other)) { Assignee = new AssigneeChange(bob.Id) }, Cancel);
        await Tickets.UpdateAsync((await TicketAsync(kept)) with { Status = TicketStatus.Done, FirstResponseAt = Now, ResolvedAt = Now.AddHours(1) }, Cancel);

        var facts = (await Tickets.ListFactsAsync(Now.AddDays(-3), Cancel)).OrderByDescending(fact => fact.CreatedAt).ToList();
        var open = (await Tickets.ListOpenFactsAsync(Cancel)).OrderByDescending(fact => fact.CreatedAt).ToList();

        Assert.Equal(
            [
                new TicketFact
                {
                    Status = TicketStatus.Done, Priority = TicketPriority.High, Type = TicketType.Bug, AssigneeId = ann.Id, CreatedAt = kept.CreatedAt,
                    State = TriageState.Succeeded, Source = TriageSource.Offline, FirstResponseAt = Now, ResolvedAt = Now.AddHours(1),
                    KeptType = true, KeptPriority = true, KeptSkills = true, KeptAssignee = true,
                },
                new TicketFact
                {
                    Status = TicketStatus.Todo, Priority = TicketPriority.Low, Type = TicketType.Billing, AssigneeId = bob.Id, CreatedAt = other.CreatedAt,
                    State = TriageState.Succeeded, Source = TriageSource.Offline,
                    KeptType = false, KeptPriority = false, KeptSkills = false, KeptAssignee = false,
                },
                new TicketFact { Status = TicketStatus.Todo, Priority = TicketPriority.Medium, Type = TicketType.Other, AssigneeId = null, CreatedAt = plain.CreatedAt },
            ],
            facts);
        Assert.Equal([other.CreatedAt, plain.CreatedAt, old.CreatedAt], open.Select(fact => fact.CreatedAt));
        Assert.Equal([bob.Id, null, null], open.Select(fact => fact.AssigneeId));
    }
}
