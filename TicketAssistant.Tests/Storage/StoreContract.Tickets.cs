using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using Xunit;

namespace TicketAssistant.Tests.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task A_stored_ticket_comes_back_as_it_was()
    {
        var ticket = NewTicket("Ünïcode <b>😀</b> \"quotes\"") with
        {
            Status = TicketStatus.Waiting,
            Priority = TicketPriority.Urgent,
            Type = TicketType.AccountAccess,
            RelatedSkills = ["C#", ".NET"],
            Summary = "s",
            HelpfulNotes = "line\nline",
            Triage = new TicketTriage
            {
                State = TriageState.AwaitingConfirmation,
                Source = TriageSource.Gemini,
                Model = "m",
                Confidence = 0.25,
                Reason = "r",
                Language = "de",
                Sentiment = "calm",
                Proposed = new TriageProposal(TicketType.Security, TicketPriority.Low, ["go"]),
                Revision = 4,
            },
            Assignment = new TicketAssignment("all are away", [], 3),
            Assignments = 3,
            ReleasedBy = [Guid.NewGuid()],
            HumanSet = [TicketField.Priority, TicketField.AssignedTo],
            Feedback = new TicketFeedback(false, "why", new PersonRef(Guid.NewGuid(), "a@example.org", "A"), Now),
            FirstResponseAt = Now.AddMinutes(1),
            ResolvedAt = Now.AddMinutes(2),
            UpdatedAt = Now.AddSeconds(1),
        };

        await Tickets.InsertIfAbsentAsync(ticket, Cancel);

        Assert.Equivalent(ticket, await Tickets.FindAsync(ticket.Id, null, Cancel), strict: true);
    }

    [Fact]
    public async Task Of_16_inserts_of_one_id_one_wins_and_the_others_change_nothing()
    {
        var ticket = NewTicket();

        var won = await TogetherAsync(16, i => Tickets.InsertIfAbsentAsync(ticket with { Title = $"{i}" }, Cancel));

        Assert.Single(won, true);
        Assert.Equal($"{Array.IndexOf(won, true)}", (await TicketAsync(ticket)).Title);
    }

    [Fact]
    public async Task A_new_ticket_with_an_assignee_is_refused()
    {
        var ticket = NewTicket() with { AssignedTo = new PersonRef(Guid.NewGuid(), "a@example.org", "A") };

        await Assert.ThrowsAsync<ArgumentException>(() => Tickets.InsertIfAbsentAsync(ticket, Cancel));
    }

    [Fact]
    public async Task A_ticket_of_somebody_else_is_not_found()
    {
        var ticket = await AddTicketAsync();

        Assert.NotNull(await Tickets.FindAsync(ticket.Id, ticket.CreatedBy.Id, Cancel));
        Assert.Null(await Tickets.FindAsync(ticket.Id, Guid.NewGuid(), Cancel));
        Assert.Null(await Tickets.FindAsync(Guid.NewGuid(), null, Cancel));
    }

    [Fact]
    public async Task A_ticket_update_replaces_what_it_may_and_raises_the_version()
    {
        var ticket = await AddTicketAsync();
        var change = ticket with
        {
            Title = "t",
            Description = "d",
            Status = TicketStatus.InProgress,
            Priority = TicketPriority.High,
            Type = TicketType.Bug,
            RelatedSkills = ["go"],
            Summary = "s",
            HelpfulNotes = "h",
            Triage = ticket.Triage with { State = TriageState.Running },
            Assignment = new TicketAssignment("nobody is free", [], 1),
            Assignments = 2,
            ReleasedBy = [Guid.NewGuid()],
            HumanSet = [TicketField.Type],
            Feedback = new TicketFeedback(true, null, new PersonRef(Guid.NewGuid(), "a@example.org", "A"), Now),
            FirstResponseAt = Now.AddMinutes(1),
            ResolvedAt = Now.AddMinutes(2),
            UpdatedAt = Now.AddHours(1),
        };
        var stranger = new PersonRef(Guid.NewGuid(), "eve@example.org", "Eve");

        var result = await Tickets.UpdateAsync(
            change with { AssignedTo = stranger, CreatedBy = stranger, CreatedAt = Now.AddDays(9), ProposedAssignee = stranger.Id }, Cancel);

        Assert.Equal(UpdateResult.Updated, result);
        Assert.Equivalent(change with { Version = 2 }, await TicketAsync(ticket), strict: true);
    }

    [Fact]
    public async Task A_ticket_update_from_an_old_version_is_stale_and_changes_nothing()
    {
        var ticket = await AddTicketAsync();
        await Tickets.UpdateAsync(ticket with { Title = "First" }, Cancel);

        Assert.Equal(UpdateResult.Stale, await Tickets.UpdateAsync(ticket with { Title = "Second" }, Cancel));
        Assert.Equal(UpdateResult.Stale, await Tickets.UpdateAsync(NewTicket(), Cancel));

        Assert.Equal("First", (await TicketAsync(ticket)).Title);
    }

    [Fact]
    public async Task Of_200_concurrent_ticket_changes_with_retry_none_is_lost()
    {
        var ticket = await AddTicketAsync(NewTicket("0"));

        await TogetherAsync(200, async _ =>
        {
            Ticket current;
            do current = await TicketAsync(ticket);
            while (await Tickets.UpdateAsync(current with { Title = $"{int.Parse(current.Title, null) + 1}" }, Cancel) == UpdateResult.Stale);
            return true;
        });

        Assert.Equal("200", (await TicketAsync(ticket)).Title);
    }

    [Fact]
    public async Task Tickets_are_listed_newest_first_page_by_page_and_stable_under_inserts()
    {
        // Three at the same moment: the id decides, and no page boundary loses one.
        DateTimeOffset[] times = [Now, Now.AddMinutes(1), Now.AddMinutes(1), Now.AddMinutes(1), Now.AddMinutes(2)];
        foreach (var time in times) await AddTicketAsync(NewTicket(createdAt: time));
        var expected = (await Tickets.ListAsync(new TicketQuery(), Cancel)).Items.Select(t => t.Id).ToArray();

        var seen = new List<Guid>();
        string? cursor = null;
        do
        {
            var page = await Tickets.ListAsync(new TicketQuery { Limit = 2, Cursor = cursor }, Cancel);
            seen.AddRange(page.Items.Select(t => t.Id));
            cursor = page.Next;
            await AddTicketAsync(NewTicket(createdAt: Now.AddHours(1)));
        }
        while (cursor is not null);

        Assert.Equal(5, expected.Length);
        Assert.Equal(expected, seen);
        Assert.Equal(times.Reverse(), (await Task.WhenAll(seen.Select(id => Tickets.FindAsync(id, null, Cancel)))).Select(t => t!.CreatedAt));
    }

    [Fact]
    public async Task A_full_last_page_has_no_next()
    {
        await AddTicketAsync();
        await AddTicketAsync();

        Assert.Null((await Tickets.ListAsync(new TicketQuery { Limit = 2 }, Cancel)).Next);
    }

    [Fact]
    public async Task Filters_combine()
    {
        var mod = await AddUserAsync("mod@example.org", Functions.Accounts.Role.Moderator);
        var rita = new PersonRef(Guid.NewGuid(), "rita@example.org", "Rita");
        var a = await AddTicketAsync(NewTicket("a", requester: rita) with { Priority = TicketPriority.High, Type = TicketType.Bug });
        var b = await AddTicketAsync(NewTicket("b", requester: rita) with { Status = TicketStatus.Waiting, Type = TicketType.Bug });
        var c = await AddTicketAsync(NewTicket("c") with { Status = TicketStatus.Waiting, Priority = TicketPriority.High });
        await AssignAsync(b, 1, Tier(mod));
        await AssignAsync(c, 1, Tier(mod));

        Assert.Equal("abc", await Find(new()));
        Assert.Equal("ab", await Find(new() { RequesterId = rita.Id }));
        Assert.Equal("bc", await Find(new() { AssigneeId = mod.Id }));
        Assert.Equal("a", await Find(new() { Unassigned = true }));
        Assert.Equal("bc", await Find(new() { Status = TicketStatus.Waiting }));
        Assert.Equal("ac", await Find(new() { Priority = TicketPriority.High }));
        Assert.Equal("ab", await Find(new() { Type = TicketType.Bug }));
        Assert.Equal("b", await Find(new() { RequesterId = rita.Id, AssigneeId = mod.Id, Status = TicketStatus.Waiting, Type = TicketType.Bug }));
        Assert.Equal("", await Find(new() { RequesterId = rita.Id, Status = TicketStatus.Done }));
        Assert.Equal("", await Find(new() { AssigneeId = mod.Id, Unassigned = true }));

        async Task<string> Find(TicketQuery query) =>
            string.Concat((await Tickets.ListAsync(query, Cancel)).Items.Select(t => t.Title).Order());
    }

    [Fact]
    public async Task Text_finds_tickets_in_whose_title_and_description_each_word_begins_a_word()
    {
        await AddTicketAsync(NewTicket("vpn") with { Description = "fails 100% of the time" });
        await AddTicketAsync(NewTicket("mail") with { Description = "VPN is fine, c:\\temp is full_, Größe ÜBERALL 東京都" });

        Assert.Equal(["mail", "vpn"], await Find("vpn"));
        Assert.Equal(["vpn"], await Find("  TIME vpn\t"));
        Assert.Equal(["vpn"], await Find("100%"));
        Assert.Equal(["vpn"], await Find("fail vp"));
        Assert.Equal(["mail"], await Find("überall GRÖß"));
        Assert.Equal(["mail"], await Find("京都"));
        Assert.Equal(["mail"], await Find(@"c:\temp"));
        Assert.Empty(await Find("pn"));
        Assert.Empty(await Find("vpn nowhere"));
        Assert.Empty(await Find("' OR 1=1"));
        Assert.Equal(["mail", "vpn"], await Find(" "));
        Assert.Equal(["mail", "vpn"], await Find(".*"));

        async Task<IEnumerable<string>> Find(string text) =>
            (await Tickets.ListAsync(new TicketQuery { Text = text }, Cancel)).Items.Select(t => t.Title).Order();
    }

    [Fact]
    public async Task Waiting_are_the_open_analysed_unassigned_tickets_most_urgent_first_then_oldest()
    {
        var mod = await AddUserAsync("mod@example.org", Functions.Accounts.Role.Moderator);
        Ticket Analysed(string title, TicketPriority priority, int minute, TriageState state = TriageState.Succeeded) =>
            NewTicket(title, Now.AddMinutes(minute)) with { Priority = priority, Triage = new TicketTriage { State = state } };
        await AddTicketAsync(Analysed("high, newer", TicketPriority.High, 2));
        await AddTicketAsync(Analysed("low", TicketPriority.Low, 0, TriageState.Failed));
        await AddTicketAsync(Analysed("high, older", TicketPriority.High, 1, TriageState.Fallback));
        await AddTicketAsync(Analysed("urgent", TicketPriority.Urgent, 3));
        await AddTicketAsync(Analysed("not analysed", TicketPriority.Urgent, 0, TriageState.Running));
        await AddTicketAsync(Analysed("proposal", TicketPriority.Urgent, 0, TriageState.AwaitingConfirmation));
        await AddTicketAsync(Analysed("done", TicketPriority.Urgent, 0) with { Status = TicketStatus.Done });
        await AssignAsync(await AddTicketAsync(Analysed("assigned", TicketPriority.Urgent, 0)), 1, Tier(mod));

        Assert.Equal(
            ["urgent", "high, older", "high, newer", "low"], (await Tickets.ListWaitingAsync(10, Cancel)).Select(t => t.Title));
        Assert.Equal(["urgent", "high, older"], (await Tickets.ListWaitingAsync(2, Cancel)).Select(t => t.Title));
    }
}
