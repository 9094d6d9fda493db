using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Timeline;
using Xunit;

namespace TicketAssistant.Tests.Storage;

public abstract partial class StoreContract
{
    public static TheoryData<TicketSort> Sorts => [.. Enum.GetValues<TicketSort>()];

    [Theory]
    [MemberData(nameof(Sorts))]
    public async Task Each_order_is_kept_over_pages_with_equal_keys_and_new_tickets_meanwhile(TicketSort sort)
    {
        var random = new Random(7);
        var tickets = new List<Ticket>();
        for (var i = 0; i < 40; i++)
        {
            // Few different times and priorities, so that page boundaries fall between equals.
            var ticket = await AddTicketAsync(NewTicket($"{i}", Now.AddMinutes(random.Next(4))) with { Priority = (TicketPriority)random.Next(4) });
            tickets.Add(ticket with { UpdatedAt = Now.AddHours(1).AddMinutes(random.Next(4)), Version = 2 });
            await Tickets.UpdateAsync(ticket with { UpdatedAt = tickets[^1].UpdatedAt }, Cancel);
        }

        var expected = (sort switch
        {
            TicketSort.Created => tickets.OrderByDescending(t => t.CreatedAt).ThenByDescending(t => $"{t.Id}", StringComparer.Ordinal),
            TicketSort.Age => tickets.OrderBy(t => t.CreatedAt).ThenBy(t => $"{t.Id}", StringComparer.Ordinal),
            TicketSort.Updated => tickets.OrderByDescending(t => t.UpdatedAt).ThenByDescending(t => $"{t.Id}", StringComparer.Ordinal),
            _ => tickets.OrderByDescending(t => t.Priority).ThenBy(t => t.CreatedAt).ThenBy(t => $"{t.Id}", StringComparer.Ordinal),
        }).Select(t => t.Title).ToList();

        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Tickets.ListAsync(new TicketQuery { Sort = sort, Limit = 7, Cursor = cursor }, Cancel);
            seen.AddRange(page.Items.Select(t => t.Title));
            cursor = page.Next;
            // In front of everything that was shown, whatever the order.
            await AddTicketAsync(NewTicket("new", sort == TicketSort.Age ? Now.AddDays(-1) : Now.AddDays(sort == TicketSort.Priority ? -1 : 1)) with { Priority = TicketPriority.Urgent });
        }
        while (cursor is not null);

        Assert.Equal(expected, seen);
    }

    [Fact]
    public async Task A_cursor_belongs_to_its_order()
    {
        await AddTicketAsync();
        await AddTicketAsync();
        foreach (var sort in Enum.GetValues<TicketSort>())
        {
            var cursor = (await Tickets.ListAsync(new TicketQuery { Sort = sort, Limit = 1 }, Cancel)).Next;
            foreach (var other in Enum.GetValues<TicketSort>())
            {
                var query = new TicketQuery { Sort = other, Limit = 1, Cursor = cursor };
                if (other == sort) Assert.Single((await Tickets.ListAsync(query, Cancel)).Items);
                else await Assert.ThrowsAsync<FormatException>(() => Tickets.ListAsync(query, Cancel));
            }
        }
    }

    /// <summary>Each filter alone, and any two, three... of them together, in each order: what a walk over all tickets finds.</summary>
    [Fact]
    public async Task Any_combination_of_filters_finds_what_a_walk_over_all_tickets_finds()
    {
        var random = new Random(11);
        var mods = new[] { await AddUserAsync("ann@example.org", Role.Moderator), await AddUserAsync("bob@example.org", Role.Moderator) };
        var requesters = new[] { new PersonRef(Guid.NewGuid(), "r@example.org", "R"), new PersonRef(Guid.NewGuid(), "s@example.org", "S") };
        string[] subjects = ["printer", "vpn", "Größe", "printing", "京都"];
        var all = new List<Ticket>();
        for (var i = 0; i < 120; i++)
        {
            var ticket = await AddTicketAsync(NewTicket($"{i} {subjects[random.Next(5)]}", Now.AddDays(random.Next(6)), requesters[random.Next(2)]) with
            {
                Status = (TicketStatus)random.Next(4),
                Priority = (TicketPriority)random.Next(4),
                Type = (TicketType)random.Next(3),
                Triage = new TicketTriage { State = (TriageState)random.Next(2, 5) },
            });
            if (random.Next(3) > 0 && ticket.Status != TicketStatus.Done) await AssignAsync(ticket, 1, Tier(mods[random.Next(2)]));
            all.Add(await TicketAsync(ticket));
        }

        for (var round = 0; round < 150; round++)
        {
            var query = new TicketQuery { Sort = (TicketSort)random.Next(4), Limit = 100, Staff = random.Next(2) == 0 };
            if (random.Next(4) == 0) query = query with { RequesterId = requesters[random.Next(2)].Id };
            if (random.Next(4) == 0) query = query with { AssigneeId = mods[random.Next(2)].Id };
            else if (random.Next(6) == 0) query = query with { Unassigned = true };
            if (random.Next(3) == 0) query = query with { Status = (TicketStatus)random.Next(4) };
            if (random.Next(4) == 0) query = query with { Priority = (TicketPriority)random.Next(4) };
            if (random.Next(4) == 0) query = query with { Type = (TicketType)random.Next(3) };
            if (random.Next(4) == 0) query = query with { Triage = (TriageState)random.Next(2, 5) };
            if (random.Next(4) == 0) query = query with { CreatedFrom = Now.AddDays(random.Next(6)) };
            if (random.Next(4) == 0) query = query with { CreatedTo = Now.AddDays(random.Next(6)) };
            if (random.Next(4) == 0) query = query with { Text = subjects[random.Next(5)][..2] };

            var expected = all.Where(t => Fits(t, query)).Select(t => t.Title).Order(StringComparer.Ordinal).ToList();
            var found = new List<Ticket>();
            for (string? cursor = null; ;)
            {
                var page = await Tickets.ListAsync(query with { Cursor = cursor, Limit = random.Next(1, 60) }, Cancel);
                found.AddRange(page.Items);
                cursor = page.Next;
                if (cursor is null) break;
            }

            Assert.True(expected.SequenceEqual(found.Select(t => t.Title).Order(StringComparer.Ordinal)), $"{query}: {string.Join("; ", expected)} / {string.Join("; ", found.Select(t => t.Title))}");
        }
    }

    [Fact]
    public async Task Text_is_found_as_it_is_now()
    {
        var ticket = await AddTicketAsync(NewTicket("scanner"));
        await Tickets.UpdateAsync(ticket with { Title = "copier", Description = "no toner" }, Cancel);

        Assert.Empty(await FindAsync("scan"));
        Assert.Empty(await FindAsync("print"));
        Assert.Equal(["copier"], await FindAsync("cop ton"));

        async Task<IEnumerable<string>> FindAsync(string text) =>
            (await Tickets.ListAsync(new TicketQuery { Text = text, Staff = true }, Cancel)).Items.Select(t => t.Title);
    }

    [Fact]
    public async Task As_many_words_as_anybody_can_ask_for_are_looked_for()
    {
        var text = string.Concat(Enumerable.Range(0, 500).Select(i => (char)('一' + i)));
        await AddTicketAsync(NewTicket("long") with { Description = text });

        Assert.Single((await Tickets.ListAsync(new TicketQuery { Text = text, Staff = true }, Cancel)).Items);
        Assert.Empty((await Tickets.ListAsync(new TicketQuery { Text = text[1..] + "龍", Staff = true }, Cancel)).Items);
        Assert.Empty((await Tickets.ListAsync(new TicketQuery { Text = string.Join(' ', Enumerable.Range(0, 250).Select(i => (char)('a' + i % 26))) }, Cancel)).Items);
    }

    [Fact]
    public async Task Text_is_found_in_comments_and_what_is_internal_by_staff_only()
    {
        var ticket = await AddTicketAsync(NewTicket("scanner"));
        await CommentAsync(ticket, "Try the driver again", isInternal: false);
        await CommentAsync(ticket, "He broke it himself", isInternal: true);
        await AddTicketAsync(NewTicket("driver"));

        Assert.Equal(["driver", "scanner"], await FindAsync("driver", staff: true));
        Assert.Equal(["scanner"], await FindAsync("scan driv", staff: false));
        Assert.Equal(["scanner"], await FindAsync("broke scan", staff: true));
        Assert.Equal(["scanner"], await FindAsync("broke driver", staff: true));
        Assert.Empty(await FindAsync("broke", staff: false));
        Assert.Empty(await FindAsync("scan broke", staff: false));
        Assert.Empty(await FindAsync("broke", staff: false, requester: ticket.CreatedBy.Id));
        Assert.Equal(["scanner"], await FindAsync("driver", staff: false, requester: ticket.CreatedBy.Id));

        // And still where the text itself changes later.
        await Tickets.UpdateAsync((await TicketAsync(ticket)) with { Title = "copier" }, Cancel);
        Assert.Equal(["copier"], await FindAsync("copier driver broke", staff: true));
        Assert.Empty(await FindAsync("broke", staff: false));
        Assert.Empty(await FindAsync("scanner", staff: true));

        async Task<IEnumerable<string>> FindAsync(string text, bool staff, Guid? requester = null) =>
            (await Tickets.ListAsync(new TicketQuery { Text = text, Staff = staff, RequesterId = requester }, Cancel)).Items.Select(t => t.Title).Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Earlier_tickets_about_the_same_are_similar_most_alike_first()
    {
        var told = 0;
        await AddFillersAsync();
        var same = await AddTicketAsync(Told("VPN drops every ten minutes", "The tunnel to the Berlin gateway closes, then I must log in anew."));
        var like = await AddTicketAsync(Told("VPN drops", "Since the update the tunnel closes when I print."));
        var other = await AddTicketAsync(Told("Invoice twice", "The March invoice came twice and was paid twice."));
        var ticket = await AddTicketAsync(Told("VPN drops every ten minutes again", "The tunnel to the Berlin gateway closes since this morning."));
        var later = await AddTicketAsync(Told("VPN drops every ten minutes", "The tunnel to the Berlin gateway closes, then I must log in anew.") with { CreatedAt = Now.AddDays(9) });

        Assert.Equal([same.Id, like.Id], (await Tickets.ListSimilarAsync(ticket, 3, Cancel)).Select(t => t.Id));
        Assert.Equal([same.Id], (await Tickets.ListSimilarAsync(ticket, 1, Cancel)).Select(t => t.Id));
        Assert.Equal(ticket.Id, (await Tickets.ListSimilarAsync(later, 3, Cancel)).Select(t => t.Id).Intersect([ticket.Id]).Single());
        Assert.Empty(await Tickets.ListSimilarAsync(other, 3, Cancel));
        Assert.Empty(await Tickets.ListSimilarAsync(same, 3, Cancel));

        Ticket Told(string title, string description) => NewTicket(title, Now.AddDays(1).AddMinutes(told++)) with { Description = description };
    }

    [Fact]
    public async Task Words_that_many_tickets_have_make_none_similar()
    {
        for (var i = 0; i < 12; i++) await AddTicketAsync(NewTicket($"Please help me with this{i}") with { Description = $"Hello, the thing is{i} broken, regards" });
        var ticket = await AddTicketAsync(NewTicket("Please help me with that", Now.AddDays(1)) with { Description = "Hello, the thing is broken, regards" });

        Assert.Empty(await Tickets.ListSimilarAsync(ticket, 3, Cancel));
    }

    private async Task AddFillersAsync()
    {
        string[] subjects = ["badge", "coffee", "monitor", "licence", "holiday", "parking", "headset", "folder", "payroll", "server"];
        for (var i = 0; i < 60; i++)
        {
            var (one, two) = (subjects[i % 10], subjects[i * 7 % 10]);
            await AddTicketAsync(NewTicket($"The {one} and the {two}") with { Description = $"Since this morning the {one} of colleague {i} must be looked at, then log it." });
        }
    }

    private async Task CommentAsync(Ticket ticket, string body, bool isInternal)
    {
        var stored = await TicketAsync(ticket);
        var entry = new TimelineEntry
        {
            Seq = stored.LastEntry + 1,
            At = Now,
            Actor = TimelineActor.System,
            Kind = TimelineKind.Comment,
            Body = body,
            Internal = isInternal,
        };
        Assert.Equal(UpdateResult.Updated, await Tickets.UpdateAsync(new TicketChange(stored with { LastEntry = entry.Seq }) { Entries = [entry] }, Cancel));
    }

    private static bool Fits(Ticket ticket, TicketQuery query) =>
        (query.RequesterId is null || ticket.CreatedBy.Id == query.RequesterId)
        && (query.AssigneeId is null || ticket.AssignedTo?.Id == query.AssigneeId)
        && (!query.Unassigned || ticket.AssignedTo is null)
        && (query.Status is null || ticket.Status == query.Status)
        && (query.Priority is null || ticket.Priority == query.Priority)
        && (query.Type is null || ticket.Type == query.Type)
        && (query.Triage is null || ticket.Triage.State == query.Triage)
        && (query.CreatedFrom is null || ticket.CreatedAt >= query.CreatedFrom)
        && (query.CreatedTo is null || ticket.CreatedAt <= query.CreatedTo)
        && SearchWords.Match(SearchWords.Of(query.Text), SearchWords.Of(ticket.Title, ticket.Description));
}
