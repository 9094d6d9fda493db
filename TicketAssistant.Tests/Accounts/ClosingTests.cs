using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Accounts.Closing;
using TicketAssistant.Functions.Accounts.Data;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Escalation;
using TicketAssistant.Functions.Tickets.Timeline;
using Xunit;

namespace TicketAssistant.Tests.Accounts;

/// <summary>Each step of letting an account go may be repeated, and stops where the account was opened again.</summary>
public sealed class ClosingTests : IAsyncDisposable
{
    private readonly AccountBench _bench = new();
    private readonly Mock<DurableTaskClient> _durable = new("test");
    private readonly List<string> _started = [];

    public ClosingTests() => _durable
        .Setup(d => d.ScheduleNewOrchestrationInstanceAsync(It.IsAny<TaskName>(), It.IsAny<object?>(), It.IsAny<StartOrchestrationOptions?>(), It.IsAny<CancellationToken>()))
        .Callback((TaskName _, object? _, StartOrchestrationOptions? options, CancellationToken _) => _started.Add(options!.InstanceId!))
        .ReturnsAsync("id");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_open_ticket_of_a_closed_account_is_found_and_no_other()
    {
        var (mo, ann) = (await ModeratorAsync("mo@example.org"), await ModeratorAsync("ann@example.org"));
        var open = new List<Guid>();
        foreach (var status in (TicketStatus[])[TicketStatus.Todo, TicketStatus.InProgress, TicketStatus.Waiting]) open.Add((await TicketOfAsync(mo, status)).Id);
        await TicketOfAsync(mo, TicketStatus.Done);
        await TicketOfAsync(ann, TicketStatus.Todo);
        var list = new ListTicketsToRelease(_bench.Users, _bench.Tickets);

        Assert.Empty(await list.RunAsync(mo.Id, Cancel));
        await CloseAsync(mo);
        Assert.Equal(open.Order(), (await list.RunAsync(mo.Id, Cancel)).Order());
        Assert.Empty(await list.RunAsync(Guid.NewGuid(), Cancel));
    }

    [Fact]
    public async Task A_ticket_that_leaves_a_closed_account_waits_like_a_new_one_and_says_why()
    {
        var mo = await ModeratorAsync("mo@example.org");
        var ticket = await TicketOfAsync(mo, TicketStatus.InProgress, TicketField.AssignedTo, TicketField.Priority);

        await ReleaseAsync(ticket, mo);
        await ReleaseAsync(ticket, mo);

        var after = (await _bench.Tickets.FindAsync(ticket.Id, null, Cancel))!;
        Assert.Equal((null, TicketStatus.Todo), (after.AssignedTo, after.Status));
        Assert.Equal([TicketField.Priority], after.HumanSet);
        Assert.Equal(ticket.Version + 1, after.Version);
        Assert.Equal(0, (await _bench.FindAsync(mo.Id)).OpenTickets);
        var timeline = await _bench.Tickets.ListTimelineAsync(new TimelineQuery(ticket.Id, 0, 10, PublicOnly: false), Cancel);
        Assert.Equal([("assignedTo", "The account of whoever had it was closed."), ("status", null)], timeline.Select(entry => (entry.Field, entry.Reason)));
        Assert.Equal(("IN_PROGRESS", "TODO"), (timeline[1].From, timeline[1].To));
        var effects = new EffectsKey(ticket.Id, after.Version);
        Assert.Contains(await _bench.Tickets.ListEffectsAsync(effects, Cancel), effect => effect.Kind == EffectKind.HandOut);
        Assert.Equal([effects.InstanceId], _started);
    }

    [Fact]
    public async Task A_new_ticket_that_leaves_tells_of_no_other_status()
    {
        var mo = await ModeratorAsync("mo@example.org");
        var ticket = await TicketOfAsync(mo, TicketStatus.Todo);

        await ReleaseAsync(ticket, mo);

        var timeline = await _bench.Tickets.ListTimelineAsync(new TimelineQuery(ticket.Id, 0, 10, PublicOnly: false), Cancel);
        Assert.Equal("assignedTo", Assert.Single(timeline).Field);
    }

    [Fact]
    public async Task What_somebody_else_has_by_now_or_is_done_stays_where_it_is()
    {
        var (mo, ann) = (await ModeratorAsync("mo@example.org"), await ModeratorAsync("ann@example.org"));
        foreach (var ticket in (Ticket[])[await TicketOfAsync(ann, TicketStatus.Todo), await TicketOfAsync(mo, TicketStatus.Done)])
        {
            await ReleaseAsync(ticket, mo);
            Assert.Equal(ticket.Version, (await _bench.Tickets.FindAsync(ticket.Id, null, Cancel))!.Version);
        }

        Assert.Empty(_started);
    }

    [Fact]
    public async Task The_timer_brings_back_whoever_was_away_until_now_and_has_waiting_tickets_handed_out()
    {
        var now = _bench.Time.GetUtcNow();
        var mo = await ModeratorAsync("mo@example.org", u => u with { Away = true, AwayUntil = now.AddMinutes(1) });
        var ann = await ModeratorAsync("ann@example.org", u => u with { Away = true, AwayUntil = now.AddMinutes(2) });

        await TickAsync();
        Assert.True((await _bench.FindAsync(mo.Id)).Away);
        Assert.Empty(_started);
        _bench.Time.Advance(TimeSpan.FromMinutes(1));
        await TickAsync();

        var back = await _bench.FindAsync(mo.Id);
        Assert.Equal((false, null), (back.Away, back.AwayUntil));
        Assert.True((await _bench.FindAsync(ann.Id)).Away);
        Assert.Equal(["hand-out"], _started);
    }

    [Fact]
    public async Task The_timer_takes_up_a_closed_account_that_still_has_tickets()
    {
        var (mo, ann) = (await ModeratorAsync("mo@example.org"), await ModeratorAsync("ann@example.org"));
        await TicketOfAsync(mo, TicketStatus.Todo);
        await CloseAsync(mo);
        await CloseAsync(ann);

        await TickAsync();

        Assert.Equal([$"release-{mo.Id}"], _started);
    }

    [Fact]
    public async Task An_account_that_is_erased_keeps_its_id_and_nobody_logs_in_with_it()
    {
        var mo = await ModeratorAsync("mo@example.org", u => u with { Skills = ["Go"], EmailConfirmed = true, Away = true, AwayUntil = _bench.Time.GetUtcNow().AddDays(1) });
        var erase = new EraseAccount(_bench.Users, _bench.Mails);

        await erase.RunAsync(mo.Id, Cancel);
        Assert.Equal("mo@example.org", (await _bench.FindAsync(mo.Id)).Email);
        await CloseAsync(mo);
        var refused = new MailKey(Guid.Empty, MailKind.Welcome, mo.Id, 1);
        await _bench.Mails.CloseAsync(refused, MessageId.For(refused, "tickets.local"), _bench.Time.GetUtcNow(), MailClosure.Failed, "550 no mo@example.org here", Cancel);
        await erase.RunAsync(mo.Id, Cancel);

        Assert.DoesNotContain("mo@", (await _bench.Mails.FindAsync(refused, Cancel))!.LastError ?? "", StringComparison.Ordinal);
        var left = await _bench.FindAsync(mo.Id);
        Assert.Equal((TicketErasure.Erased, TicketErasure.EmailOf(mo.Id), ""), (left.Name, left.Email, left.PasswordHash));
        Assert.Equal((false, null, MailPreference.None), (left.Away, left.AwayUntil, left.Mails));
        Assert.Empty(left.Skills);
        Assert.True(left.TokenVersion > mo.TokenVersion);
        Assert.Null(await _bench.Accounts.FindAsync(left.Email, AccountBench.Password, "here", Cancel));
        Assert.Null(await _bench.Accounts.FindAsync(left.Email, "", "here", Cancel));
    }

    [Fact]
    public async Task An_address_that_nobody_has_any_more_is_not_confirmed()
    {
        var rita = await _bench.ChangeAsync(await _bench.SignUpAsync("rita@example.org"), u => u with { EmailConfirmed = true });
        await CloseAsync(rita);
        await new EraseAccount(_bench.Users, _bench.Mails).RunAsync(rita.Id, Cancel);

        Assert.False((await _bench.FindAsync(rita.Id)).EmailConfirmed);
    }

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private Task<User> ModeratorAsync(string email, Func<User, User>? change = null) =>
        ModeratorAsync(email, change ?? (u => u), Role.Moderator);

    private async Task<User> ModeratorAsync(string email, Func<User, User> change, Role role) =>
        await _bench.ChangeAsync(await _bench.SignUpAsync(email), u => change(u) with { Role = role });

    private Task<User> CloseAsync(User user) => _bench.ChangeAsync(user, u => u with { Active = false });

    private async Task<Ticket> TicketOfAsync(User assignee, TicketStatus status, params TicketField[] humanSet)
    {
        var now = _bench.Time.GetUtcNow();
        var ticket = new Ticket
        {
            Id = Guid.CreateVersion7(now),
            Title = "Printer",
            Description = "It does not print.",
            CreatedBy = new PersonRef(Guid.NewGuid(), "rita@example.org", "Rita"),
            CreatedAt = now,
            UpdatedAt = now,
        };
        await _bench.Tickets.InsertIfAbsentAsync(ticket, Cancel);
        var given = ticket with { AssignedTo = new PersonRef(assignee.Id, assignee.Email, assignee.Name), Status = status, HumanSet = humanSet };
        Assert.Equal(UpdateResult.Updated, await _bench.Tickets.UpdateAsync(new TicketChange(given) { Assignee = new AssigneeChange(assignee.Id) }, Cancel));
        return (await _bench.Tickets.FindAsync(ticket.Id, null, Cancel))!;
    }

    private Task ReleaseAsync(Ticket ticket, User from) =>
        new ReleaseTicket(_bench.Tickets, new AcknowledgementLimits(), _bench.Time, NullLogger<ReleaseTicket>.Instance)
            .RunAsync(new TicketRelease(ticket.Id, from.Id), _durable.Object, Cancel);

    private Task TickAsync() => new PeopleTimer(_bench.Users, _bench.Time).RunAsync(new TimerInfo(), _durable.Object, Cancel);
}
