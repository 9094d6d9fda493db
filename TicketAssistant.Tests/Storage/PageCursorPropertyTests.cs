using FsCheck.Fluent;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Storage;

public sealed class PageCursorPropertyTests
{
    private static readonly Ticket Empty = new()
    {
        Id = Guid.Empty,
        Title = "t",
        Description = "d",
        CreatedBy = new(Guid.Empty, "a@example.com", "A"),
        CreatedAt = default,
        UpdatedAt = default,
    };

    [Fact]
    public void Any_text_is_a_cursor_or_refused_as_one() => Texts.Check(Gen.OneOf(Texts.Any, Texts.Any.Select(Encoded)), text =>
    {
        Refused(() => PageCursor.ParseEntry(text));
        Refused(() => PageCursor.ParseMail(text));
        Refused(() => PageCursor.ParseUser(text));
        foreach (var sort in Enum.GetValues<TicketSort>()) Refused(() => PageCursor.ParseTicket(sort, text));
    });

    [Fact]
    public void A_cursor_is_where_the_page_ended_and_none_of_another_list() => Texts.Check(
        Texts.Zip(Gen.Choose(0, int.MaxValue), Gen.Choose(0, int.MaxValue), Gen.Elements(Enum.GetValues<TicketPriority>())),
        given =>
        {
            var at = new DateTimeOffset(((long)given.Item1 << 20) + given.Item2, TimeSpan.Zero);
            var ticket = Empty with { Id = Guid.NewGuid(), Priority = given.Item3, CreatedAt = at, UpdatedAt = at };
            var mail = new MailLedgerEntry(new MailKey(ticket.Id, MailKind.Replied, Guid.NewGuid(), given.Item2), "m", 0, at, null, null, null);

            Assert.Equal((given.Item2, at), PageCursor.ParseEntry(PageCursor.OfEntry(given.Item2, at)));
            Assert.Equal((at, mail.Key), PageCursor.ParseMail(PageCursor.OfMail(mail)));
            foreach (var sort in Enum.GetValues<TicketSort>())
            {
                var cursor = PageCursor.OfTicket(sort, ticket);
                Assert.Equal(TicketPosition.Of(ticket, sort), PageCursor.ParseTicket(sort, cursor));
                foreach (var other in Enum.GetValues<TicketSort>().Where(other => other != sort))
                    Assert.Throws<FormatException>(() => PageCursor.ParseTicket(other, cursor));
                Assert.Throws<FormatException>(() => PageCursor.ParseEntry(cursor));
            }
        });

    [Fact]
    public void A_mails_key_is_read_back_from_its_id() => Texts.Check(Gen.Zip(Gen.Elements(Enum.GetValues<MailKind>()), Gen.Choose(0, int.MaxValue)), given =>
    {
        var key = new MailKey(Guid.NewGuid(), given.Item1, Guid.NewGuid(), given.Item2);
        Assert.Equal(key, MailKey.TryParse(key.Id));
    });

    [Fact]
    public void Any_text_is_a_mails_id_or_none() => Texts.Check(text => MailKey.TryParse(text)?.Id.Length.CompareTo(0));

    private static string Encoded(string text) =>
        System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes("cueamrp"[text.Length % 7] + text));

    private static void Refused(Action parse)
    {
        try
        {
            parse();
        }
        catch (FormatException e)
        {
            Assert.NotEqual("", e.Message);
        }
    }
}
