using FsCheck.Fluent;
using MimeKit;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Timeline;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Notifications;

public sealed class MailPropertyTests
{
    [Fact]
    public void Whatever_people_wrote_stays_text_in_a_mail_of_the_same_headers_and_reader() => Texts.Check(
        Texts.Zip(Gen.Elements(Enum.GetValues<MailKind>().Where(kind => kind is not (MailKind.Welcome or MailKind.Reset))), Texts.Any, Texts.Any), given =>
        {
            var (kind, first, second) = given;
            var plain = Reread(Compose(kind, "title", "text"));
            var hostile = Reread(Compose(kind, first, second));

            Assert.Equal(plain.Headers.Select(header => header.Field), hostile.Headers.Select(header => header.Field));
            Assert.Equal(plain.To.Mailboxes.Select(mailbox => mailbox.Address), hostile.To.Mailboxes.Select(mailbox => mailbox.Address));
            Assert.Empty(hostile.Cc);
            Assert.Empty(hostile.Bcc);
            Assert.DoesNotContain(hostile.Subject!, char.IsControl);
            Assert.Equal(plain.BodyParts.Select(part => part.ContentType.MimeType), hostile.BodyParts.Select(part => part.ContentType.MimeType));
            Assert.DoesNotContain("<script", hostile.HtmlBody, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", hostile.HtmlBody, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("href=\"javascript:", hostile.HtmlBody, StringComparison.OrdinalIgnoreCase);
            // What is blank is left out, so there may be fewer cells, but never more.
            Assert.InRange(Count(hostile.HtmlBody!, "</td>"), 1, Count(plain.HtmlBody!, "</td>"));
        });

    private static MimeMessage Compose(MailKind kind, string first, string second)
    {
        var ticket = Mails.Ticket with
        {
            Title = first,
            Description = second,
            Summary = second,
            HelpfulNotes = first,
            RelatedSkills = [first, second],
            CreatedBy = Mails.Ticket.CreatedBy with { Name = first },
            Assignment = new TicketAssignment(second, [first], 1),
        };
        var comment = new TimelineEntry { Seq = 2, Kind = TimelineKind.Comment, At = Mails.OwedAt, Actor = new TimelineActor(ActorKind.Person, Guid.Empty, first), Body = second };
        return Mails.Compose(kind, ticket, Mails.Moderator with { Name = first }, "id@tickets.local", Mails.Options(), comment);
    }

    private static MimeMessage Reread(MimeMessage message)
    {
        using var bytes = new MemoryStream();
        message.WriteTo(bytes);
        bytes.Position = 0;
        return MimeMessage.Load(bytes);
    }

    private static int Count(string text, string part) => text.Split(part).Length;
}
