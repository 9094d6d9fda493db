using TicketAssistant.Functions.Notifications;
using Xunit;

namespace TicketAssistant.Tests.Storage;

public abstract partial class StoreContract
{
    private static MailKey NewMail(int revision = 1) => new(Guid.CreateVersion7(), MailKind.Assigned, Guid.CreateVersion7(), revision);

    [Fact]
    public async Task An_owed_mail_is_one_row_however_often_it_is_owed()
    {
        var key = NewMail();

        var rows = await TogetherAsync(16, i => Mails.OweAsync(key, $"{i}@example.org", Now.AddSeconds(i), Cancel));

        Assert.Single(rows.Distinct());
        Assert.Equal(new MailLedgerEntry(key, rows[0].MessageId, 0, rows[0].OwedAt, null, null, null), await Mails.FindAsync(key, Cancel));
        Assert.Null(await Mails.FindAsync(key with { Revision = 2 }, Cancel));
    }

    [Fact]
    public async Task Of_16_who_want_to_send_one_may()
    {
        var key = NewMail();
        await Mails.OweAsync(key, "m@example.org", Now, Cancel);

        var may = await TogetherAsync(16, _ => Mails.TryBeginSendAsync(key, Now, Now.AddMinutes(2), Cancel));

        Assert.Single(may, true);
        var row = await Mails.FindAsync(key, Cancel);
        Assert.Equal(1, row!.Attempts);
        Assert.Equal(Now.AddMinutes(2), row.SendingUntil);
    }

    [Fact]
    public async Task The_right_to_send_runs_out_and_a_sent_mail_is_never_sent_again()
    {
        var key = NewMail();
        await Mails.OweAsync(key, "m@example.org", Now, Cancel);
        var until = Now.AddMinutes(2);

        Assert.True(await Mails.TryBeginSendAsync(key, Now, until, Cancel));
        Assert.False(await Mails.TryBeginSendAsync(key, until.AddMilliseconds(-1), until.AddMinutes(2), Cancel));
        Assert.True(await Mails.TryBeginSendAsync(key, until, until.AddMinutes(2), Cancel));
        await Mails.MarkSentAsync(key, until.AddSeconds(1), Cancel);
        await Mails.MarkSentAsync(key, until.AddSeconds(9), Cancel);
        await Mails.MarkFailedAsync(key, "too late", Cancel);
        Assert.False(await Mails.TryBeginSendAsync(key, until.AddDays(1), until.AddDays(2), Cancel));

        Assert.Equal(
            new MailLedgerEntry(key, "m@example.org", 2, Now, until.AddSeconds(1), null, null), await Mails.FindAsync(key, Cancel));
    }

    [Fact]
    public async Task A_failure_gives_the_right_back_and_keeps_its_reason()
    {
        var key = NewMail();
        await Mails.OweAsync(key, "m@example.org", Now, Cancel);
        await Mails.TryBeginSendAsync(key, Now, Now.AddMinutes(2), Cancel);

        await Mails.MarkFailedAsync(key, new string('x', 600), Cancel);

        Assert.Equal(new string('x', 500), (await Mails.FindAsync(key, Cancel))!.LastError);
        Assert.True(await Mails.TryBeginSendAsync(key, Now, Now.AddMinutes(2), Cancel));
    }

    [Fact]
    public async Task A_mail_that_is_not_owed_is_not_sent() =>
        Assert.False(await Mails.TryBeginSendAsync(NewMail(), Now, Now.AddMinutes(2), Cancel));

    [Fact]
    public async Task All_mails_about_a_ticket_are_found_and_no_others()
    {
        var key = NewMail();
        MailKey[] owed = [key, key with { Kind = MailKind.Replied }, key with { RecipientId = Guid.NewGuid() }, key with { Revision = 12 }];
        foreach (var mail in owed.Append(NewMail())) await Mails.OweAsync(mail, "m@example.org", Now, Cancel);
        await Mails.MarkSentAsync(owed[1], Now, Cancel);

        Assert.Equal(owed.ToHashSet(), (await Mails.ListOfTicketAsync(key.TicketId, Cancel)).Select(mail => mail.Key).ToHashSet());
        Assert.Equal(Now, (await Mails.ListOfTicketAsync(key.TicketId, Cancel)).Single(mail => mail.Key == owed[1]).SentAt);
        Assert.Empty(await Mails.ListOfTicketAsync(Guid.NewGuid(), Cancel));
    }

    [Fact]
    public async Task Unsent_mails_are_listed_oldest_first()
    {
        var keys = Enumerable.Range(1, 5).Select(NewMail).ToArray();
        foreach (var key in keys.Reverse()) await Mails.OweAsync(key, $"{key.Revision}@example.org", Now.AddMinutes(key.Revision), Cancel);
        await Mails.MarkSentAsync(keys[1], Now, Cancel);

        Assert.Equal([1, 3, 4], (await Mails.ListUnsentAsync(Now.AddMinutes(5), 10, Cancel)).Select(m => m.Key.Revision));
        Assert.Equal([1, 3], (await Mails.ListUnsentAsync(Now.AddMinutes(5), 2, Cancel)).Select(m => m.Key.Revision));
    }
}
