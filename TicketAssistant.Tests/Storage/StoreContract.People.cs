using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Timeline;
using Xunit;

namespace TicketAssistant.Tests.Storage;

public abstract partial class StoreContract
{
    [Fact]
    public async Task Everything_about_an_account_is_kept()
    {
        var user = NewUser("ann@example.org") with
        {
            Away = true,
            AwayUntil = Now.AddDays(3),
            EmailConfirmed = true,
            Mails = MailPreference.Mine,
            Welcomes = 2,
            LastWelcomeAt = Now,
            Active = false,
        };
        await Users.InsertIfAbsentAsync(user, Cancel);
        Assert.Equivalent(user, await UserAsync(user), strict: true);

        var changed = user with { AwayUntil = null, Away = false, EmailConfirmed = false, Mails = MailPreference.None, Welcomes = 3, LastWelcomeAt = null, Active = true };
        Assert.Equal(UpdateResult.Updated, await Users.UpdateAsync(changed, Cancel));
        Assert.Equivalent(changed with { Version = 2 }, await UserAsync(user), strict: true);
    }

    [Fact]
    public async Task Who_is_back_and_who_left_tickets_behind_is_found()
    {
        var back = NewUser("back@example.org") with { Away = true, AwayUntil = Now };
        await Users.InsertIfAbsentAsync(back, Cancel);
        await Users.InsertIfAbsentAsync(NewUser("later@example.org") with { Away = true, AwayUntil = Now.AddMilliseconds(1) }, Cancel);
        await Users.InsertIfAbsentAsync(NewUser("open-end@example.org") with { Away = true }, Cancel);
        await Users.InsertIfAbsentAsync(NewUser("closed@example.org") with { Active = false }, Cancel);
        var left = await AddUserAsync("left@example.org", Role.Moderator, "c#");
        await AssignAsync(await AddTicketAsync(), 1, Tier(left));
        await Users.UpdateAsync(await UserAsync(left) with { Active = false }, Cancel);

        var overdue = await Users.ListOverdueAsync(Now, 10, Cancel);

        Assert.Equal([back.Id, left.Id], overdue.Select(user => user.Id).Order());
        Assert.Single(await Users.ListOverdueAsync(Now, 1, Cancel));
    }

    [Fact]
    public async Task A_closed_account_is_nobody_to_give_tickets_to_and_the_directory_says_that_it_changed()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator, "c#");
        var version = await Users.GetDirectoryVersionAsync(Cancel);

        await Users.UpdateAsync(mod with { Active = false }, Cancel);

        Assert.Equal(AssignmentOutcome.NoCandidates, await AssignAsync(await AddTicketAsync(), 1, Tier(mod)));
        Assert.Empty(await Users.ListStaffAsync(Cancel));
        Assert.True(await Users.GetDirectoryVersionAsync(Cancel) > version);

        await Users.UpdateAsync(await UserAsync(mod) with { Active = true }, Cancel);
        Assert.Equal(AssignmentOutcome.Assigned, await AssignAsync(await AddTicketAsync(), 1, Tier(mod)));
    }

    [Fact]
    public async Task Of_admins_who_close_each_others_accounts_one_stays()
    {
        var admins = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => AddUserAsync($"{i}@example.org", Role.Admin)));

        var results = await TogetherAsync(4, i => Users.UpdateAsync(admins[i] with { Active = false }, Cancel));

        Assert.Single(results, UpdateResult.LastAdmin);
        Assert.Single(await Users.ListStaffAsync(Cancel));
        // A closed one does not count as the other admin either.
        var last = Assert.Single(await Users.ListStaffAsync(Cancel));
        Assert.Equal(UpdateResult.LastAdmin, await Users.UpdateAsync(last with { Role = Role.User }, Cancel));
    }

    [Fact]
    public async Task An_address_is_replaced_for_good()
    {
        var ann = await AddUserAsync("ann@example.org");

        await Users.ReplaceEmailAsync(ann.Id, "erased@erased.invalid", Cancel);
        await Users.ReplaceEmailAsync(ann.Id, "erased@erased.invalid", Cancel);

        Assert.Equivalent(ann with { Email = "erased@erased.invalid", Version = 2 }, await UserAsync(ann), strict: true);
        Assert.Null(await Users.FindByEmailAsync("ann@example.org", Cancel));
        Assert.DoesNotContain((await Users.ListAsync(new UserQuery(Text: "ann"), Cancel)).Items, user => user.Email.StartsWith("ann", StringComparison.Ordinal));
        Assert.True(await Users.InsertIfAbsentAsync(NewUser("ann@example.org"), Cancel));
    }

    [Fact]
    public async Task Words_of_a_ticket_and_its_timeline_are_replaced_and_nothing_else()
    {
        var mod = await AddUserAsync("mod@example.org", Role.Moderator, "c#");
        var ticket = await AddTicketAsync();
        await AssignAsync(ticket, 1, Tier(mod));
        var before = await TicketAsync(ticket);
        // More than a document of MongoDB keeps with the ticket.
        for (var i = 0; i < 12; i++)
        {
            var writer = new TimelineWriter(before, new TimelineActor(ActorKind.Person, ticket.CreatedBy.Id, "Rita"), Now);
            writer.Add(TimelineKind.Comment, body: $"secret {i}");
            Assert.Equal(UpdateResult.Updated, await Tickets.UpdateAsync(writer.Change(before), Cancel));
            before = await TicketAsync(ticket);
        }

        Assert.Single((await Tickets.ListAsync(new TicketQuery { Text = "secret", Staff = true }, Cancel)).Items);
        var erasure = new TicketErasure(ticket.CreatedBy.Id);
        var entries = await EntriesAsync();
        var left = entries.Select(entry => erasure.Of(entry, before)).ToList();
        Assert.Equal(UpdateResult.Stale, await Tickets.RewriteAsync(erasure.Of(before) with { Version = 1 }, left, Cancel));
        Assert.Equivalent(entries, await EntriesAsync(), strict: true);
        Assert.Equal(UpdateResult.Updated, await Tickets.RewriteAsync(erasure.Of(before), left, Cancel));

        var after = await TicketAsync(ticket);
        Assert.Equivalent(erasure.Of(before) with { Version = before.Version + 1 }, after, strict: true);
        Assert.Equal(("[erased]", "[erased]", "mod"), (after.Title, after.CreatedBy.Name, after.AssignedTo!.Name));
        Assert.Equivalent(left, await EntriesAsync(), strict: true);
        Assert.DoesNotContain(await EntriesAsync(), entry => entry.Body?.Contains("secret", StringComparison.Ordinal) == true);
        Assert.Equal(1, (await UserAsync(mod)).OpenTickets);
        Assert.Empty((await Tickets.ListAsync(new TicketQuery { Text = "Printer", Staff = true }, Cancel)).Items);
        Assert.Empty((await Tickets.ListAsync(new TicketQuery { Text = "secret", Staff = true }, Cancel)).Items);

        Task<IReadOnlyList<TimelineEntry>> EntriesAsync() => Tickets.ListTimelineAsync(new TimelineQuery(ticket.Id, 0, 100, PublicOnly: false), Cancel);
    }

    [Theory]
    [InlineData(MailClosure.Failed, MailState.Failed)]
    [InlineData(MailClosure.Suppressed, MailState.Suppressed)]
    public async Task A_closed_mail_is_not_owed_until_it_is_opened_again(MailClosure closure, MailState state)
    {
        var key = NewMail();
        await Mails.OweAsync(key, "m@example.org", Now, Cancel);
        await Mails.TryBeginSendAsync(key, Now, Now.AddMinutes(2), Cancel);
        await Mails.CloseAsync(key, "other@example.org", Now.AddDays(1), closure, new string('x', 600), Cancel);

        var row = (await Mails.FindAsync(key, Cancel))!;
        Assert.Equal(new MailLedgerEntry(key, "m@example.org", 1, Now, null, null, new string('x', 500), closure), row);
        Assert.Equal(state, row.State);
        Assert.Empty(await Mails.ListUnsentAsync(Now.AddDays(9), 10, Cancel));
        Assert.False(await Mails.TryBeginSendAsync(key, Now.AddDays(1), Now.AddDays(2), Cancel));

        Assert.True(await Mails.ReopenAsync(key, Now.AddDays(3), Cancel));
        Assert.False(await Mails.ReopenAsync(key, Now.AddDays(4), Cancel));
        Assert.Equal(MailState.Owed, (await Mails.FindAsync(key, Cancel))!.State);
        Assert.Equal(Now.AddDays(3), Assert.Single(await Mails.ListUnsentAsync(Now.AddDays(9), 10, Cancel)).OwedAt);
        Assert.True(await Mails.TryBeginSendAsync(key, Now.AddDays(3), Now.AddDays(4), Cancel));
    }

    [Fact]
    public async Task A_mail_can_be_closed_before_it_was_owed_and_a_sent_one_stays_sent()
    {
        var (never, sent) = (NewMail(1), NewMail(2));
        await Mails.CloseAsync(never, "m@example.org", Now, MailClosure.Suppressed, "not wanted", Cancel);
        await Mails.CloseAsync(never, "m@example.org", Now.AddDays(1), MailClosure.Suppressed, "not wanted", Cancel);
        await Mails.OweAsync(sent, "s@example.org", Now, Cancel);
        await Mails.MarkSentAsync(sent, Now, Cancel);
        await Mails.CloseAsync(sent, "s@example.org", Now, MailClosure.Failed, "too late", Cancel);

        Assert.Equal(new MailLedgerEntry(never, "m@example.org", 0, Now, null, null, "not wanted", MailClosure.Suppressed), await Mails.FindAsync(never, Cancel));
        Assert.Equal(MailState.Sent, (await Mails.FindAsync(sent, Cancel))!.State);
        Assert.False(await Mails.ReopenAsync(sent, Now, Cancel));
        Assert.False(await Mails.ReopenAsync(NewMail(3), Now, Cancel));
    }

    [Fact]
    public async Task Mails_are_listed_by_state_and_recipient_newest_first_in_pages()
    {
        var ann = Guid.CreateVersion7();
        var keys = Enumerable.Range(1, 8).Select(i => NewMail(i) with { RecipientId = i % 2 == 0 ? ann : Guid.CreateVersion7() }).ToArray();
        // Two of each time: the id decides between them.
        foreach (var key in keys) await Mails.OweAsync(key, $"{key.Revision}@example.org", Now.AddMinutes(key.Revision / 2), Cancel);
        await Mails.CloseAsync(keys[0], "x", Now, MailClosure.Failed, "no", Cancel);
        await Mails.CloseAsync(keys[1], "x", Now, MailClosure.Suppressed, "no", Cancel);
        await Mails.MarkSentAsync(keys[2], Now, Cancel);

        var owed = new List<long>();
        string? cursor = null;
        do
        {
            var page = await Mails.ListAsync(new MailQuery { State = MailState.Owed, Limit = 2, Cursor = cursor }, Cancel);
            Assert.InRange(page.Items.Count, 1, 2);
            owed.AddRange(page.Items.Select(mail => mail.Key.Revision));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal([4, 5, 6, 7, 8], owed.Order());
        Assert.Equal(8, owed[0]);
        Assert.Equal([4, 5], owed[^2..].Order());
        Assert.Equal([1L], await RevisionsAsync(new MailQuery { State = MailState.Failed }));
        Assert.Equal([2L], await RevisionsAsync(new MailQuery { State = MailState.Suppressed }));
        Assert.Equal([3L], await RevisionsAsync(new MailQuery { State = MailState.Sent }));
        Assert.Equal([8L, 6, 4, 2], await RevisionsAsync(new MailQuery { RecipientId = ann }));
        await Assert.ThrowsAsync<FormatException>(() => Mails.ListAsync(new MailQuery { Cursor = "nonsense" }, Cancel));

        async Task<IEnumerable<long>> RevisionsAsync(MailQuery query) => (await Mails.ListAsync(query, Cancel)).Items.Select(mail => mail.Key.Revision);
    }

    [Fact]
    public async Task What_servers_said_of_somebody_is_forgotten_and_nothing_more_is_owed_to_them()
    {
        var ann = Guid.CreateVersion7();
        var (owed, failed, sent, other) = (NewMail(1) with { RecipientId = ann }, NewMail(2) with { RecipientId = ann }, NewMail(3) with { RecipientId = ann }, NewMail(4));
        foreach (var key in new[] { owed, failed, sent, other })
        {
            await Mails.OweAsync(key, "m@example.org", Now, Cancel);
            await Mails.MarkFailedAsync(key, "<ann@example.org> is busy", Cancel);
        }

        await Mails.CloseAsync(failed, "m@example.org", Now, MailClosure.Failed, "<ann@example.org> is unknown", Cancel);
        await Mails.MarkSentAsync(sent, Now, Cancel);

        await Mails.ForgetAsync(ann, Cancel);
        await Mails.ForgetAsync(ann, Cancel);

        var rows = (await Mails.ListAsync(new MailQuery { RecipientId = ann }, Cancel)).Items;
        Assert.All(rows, row => Assert.Null(row.LastError));
        Assert.Equal([MailState.Suppressed, MailState.Failed, MailState.Sent], rows.OrderBy(row => row.Key.Revision).Select(row => row.State));
        Assert.Equal("<ann@example.org> is busy", (await Mails.FindAsync(other, Cancel))!.LastError);
        Assert.Equal(MailState.Owed, (await Mails.FindAsync(other, Cancel))!.State);
    }
}
