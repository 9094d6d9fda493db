using System.Net;
using System.Text;
using Microsoft.Playwright;
using MimeKit;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Escalation;
using TicketAssistant.Functions.Tickets.Timeline;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Notifications;

/// <summary>What holds for mails of every kind.</summary>
public sealed class MailKindsTests
{
    private const string Attack = "</td><script>alert(1)</script><img src=x onerror=alert(1)>\"'&\r\nBcc: victim@example.com\u202E";

    private static readonly User Hostile = Mails.Moderator with { Name = Attack };

    public static TheoryData<MailKind> Kinds => [.. Enum.GetValues<MailKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_is_text_and_html_for_one_reader_that_no_machine_answers(MailKind kind)
    {
        var message = Reread(Compose(kind, Mails.Ticket, Mails.Moderator, "What <i>they</i> wrote."));

        var body = Assert.IsType<MultipartAlternative>(message.Body);
        Assert.Equal(["text/plain", "text/html"], body.Select(part => part.ContentType.MimeType));
        Assert.All(body.Cast<TextPart>(), part => Assert.Equal("utf-8", part.ContentType.Charset));
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.Equal("All", message.Headers["X-Auto-Response-Suppress"]);
        Assert.Equal("mo@example.com", Assert.Single(message.To.Mailboxes).Address);
        Assert.Equal(MessageId.For(KeyOf(kind), "tickets.local"), message.MessageId);
        Assert.False(string.IsNullOrWhiteSpace(message.Subject));
        Assert.Contains("https://help.example.com/app/", message.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", message.HtmlBody, StringComparison.Ordinal);
        var thread = IsOfAccount(kind) ? null : "ticket.0195a1b2c3d47e5f8a6b7c8d9e0f1a2b@tickets.local";
        Assert.Equal(thread, message.InReplyTo);
        Assert.Equal(thread is null ? [] : [thread], message.References);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Hostile_text_in_every_field_stays_text(MailKind kind)
    {
        var person = new PersonRef(Mails.Moderator.Id, "mo@example.com", Attack);
        var ticket = Mails.Ticket with
        {
            Title = Attack,
            Description = Attack,
            Summary = Attack,
            HelpfulNotes = Attack,
            RelatedSkills = [Attack],
            CreatedBy = person,
            AssignedTo = person,
            Assignment = new(Attack, [Attack], 1),
        };

        var message = Reread(Compose(kind, ticket, Hostile, Attack));

        Assert.Empty(message.Bcc);
        Assert.Equal("mo@example.com", Assert.Single(message.To.Mailboxes).Address);
        Assert.DoesNotContain("<script", message.HtmlBody, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", message.HtmlBody, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202E', message.HtmlBody + message.TextBody + message.Subject + message.To);
        // Texts of others never begin a line of ours.
        Assert.DoesNotContain("\nBcc:", message.TextBody!.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        if (!IsOfAccount(kind)) Assert.Contains("<script>alert(1)</script>", WebUtility.HtmlDecode(message.HtmlBody), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MailKind.Received)]
    [InlineData(MailKind.Replied)]
    [InlineData(MailKind.Resolved)]
    public void The_requester_reads_nothing_that_is_for_staff(MailKind kind)
    {
        var ticket = Mails.Ticket with { HelpfulNotes = "SECRET notes", Assignment = new("SECRET reason", ["SECRET skill"], 7) };
        var history = new[] { Comment("public words"), Comment("SECRET words") with { Internal = true } };

        var message = Mails.Compose(kind, ticket, Mails.Moderator, "id@tickets.local", Mails.Options(), history);

        Assert.DoesNotContain("SECRET", message.TextBody + message.HtmlBody, StringComparison.Ordinal);
        if (kind == MailKind.Replied) Assert.Contains("public words", message.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reminder_says_how_long_and_what_is_expected() => Assert.Contains(
        "It has been yours for 3 hours, and you have not acted on it. Please answer, set a new status or give it to somebody else",
        Mails.Compose(MailKind.Reminded, Mails.Ticket with { Acknowledgement = new(1, AcknowledgementStage.Reminded, Mails.OwedAt.AddHours(-3.5), Mails.OwedAt) }, Mails.Moderator, "id@tickets.local", Mails.Options()).TextBody,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(TicketStatus.Todo, "Answered, and open again")]
    [InlineData(TicketStatus.Done, "New comment on your ticket")]
    public void An_answer_that_opened_a_ticket_again_says_so_unless_it_is_closed_once_more(TicketStatus now, string what)
    {
        var reopened = Comment("It came back.") with { Seq = 5, Kind = TimelineKind.Changed, Field = "status", From = "DONE", To = "TODO", Body = null };

        var message = Mails.Compose(MailKind.Commented, Mails.Ticket with { Status = now }, Mails.Moderator, "id@tickets.local", Mails.Options(), Comment("It came back."), reopened);

        Assert.StartsWith(what, message.TextBody, StringComparison.Ordinal);
        Assert.Contains("It came back.", message.TextBody, StringComparison.Ordinal);
        Assert.Single(message.TextBody!.Split(" by Mo Müller").Skip(1));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Each_fits_a_phone_and_is_readable_in_the_dark(MailKind kind)
    {
        await using var chromium = await Chromium.LaunchAsync();
        Chromium.SkipWithout(chromium);
        var html = Compose(kind, Mails.Ticket with { Title = $"A title with {new string('w', 90)} in it" }, Mails.Moderator, "Line one\nLine two https://example.com/" + new string('p', 120)).HtmlBody!;

        foreach (var (scheme, ground) in new[] { (ColorScheme.Light, "rgb(255, 255, 255)"), (ColorScheme.Dark, "rgb(29, 35, 42)") })
        {
            var page = await chromium!.Browser.NewPageAsync(new() { ViewportSize = new() { Width = 360, Height = 740 }, ColorScheme = scheme });
            await page.SetContentAsync(html);
            Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            Assert.Equal(ground, await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('.card')).backgroundColor"));
            Assert.True(await page.EvaluateAsync<double>(WorstContrast) >= 4.5, $"{kind} in {scheme} mode has text that is hard to read.");
            // To look at: set the folder.
            if (Environment.GetEnvironmentVariable("Test__Pictures") is { Length: > 0 } folder)
                await page.ScreenshotAsync(new() { FullPage = true, Path = Path.Combine(folder, $"{kind}-{scheme}.png") });
            await page.CloseAsync();
        }
    }

    // WCAG's contrast of every element that has text of its own against the nearest ground behind it: the worst one.
    private const string WorstContrast = """
        () => {
          const rgb = c => c.match(/[\d.]+/g).map(Number);
          const light = c => { const [r, g, b] = rgb(c).map(v => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
          const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (rgb(c)[3] !== 0) return c; } return 'rgb(255, 255, 255)'; };
          let worst = 21;
          for (const e of document.body.querySelectorAll('*')) {
            if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())) continue;
            const [a, b] = [light(getComputedStyle(e).color), light(ground(e))].sort((x, y) => y - x);
            worst = Math.min(worst, (a + .05) / (b + .05));
          }
          return worst;
        }
        """;

    private static TimelineEntry Comment(string body) => new()
    {
        Seq = 4,
        At = Mails.OwedAt,
        Actor = new TimelineActor(ActorKind.Person, Guid.Empty, "Mo Müller"),
        Kind = TimelineKind.Comment,
        Body = body,
    };

    private static bool IsOfAccount(MailKind kind) => kind is MailKind.Welcome or MailKind.Reset;

    private static MailKey KeyOf(MailKind kind) => Mails.Key with { Kind = kind, TicketId = IsOfAccount(kind) ? Guid.Empty : Mails.Ticket.Id };

    private static MimeMessage Compose(MailKind kind, Ticket ticket, User recipient, string written)
    {
        var id = MessageId.For(KeyOf(kind), "tickets.local");
        if (kind == MailKind.Reset) return AccountMail.Reset(recipient, "abc_-123", id, Mails.OwedAt, Mails.Options());
        if (kind == MailKind.Welcome) return AccountMail.Welcome(recipient, "abc_-123", id, Mails.OwedAt, Mails.Options());
        var comment = Comment(written);
        TimelineEntry[] history = kind switch
        {
            MailKind.Escalated =>
            [
                comment with { Actor = comment.Actor with { Name = recipient.Name } },
                comment with { Kind = TimelineKind.Changed, Field = "status", From = "TODO", To = "IN_PROGRESS", Body = null, Reason = written },
            ],
            MailKind.Replied or MailKind.Commented => [comment with { Actor = comment.Actor with { Name = recipient.Name } }],
            _ => [],
        };
        return Mails.Compose(kind, ticket, recipient, id, Mails.Options(), history);
    }

    private static MimeMessage Reread(MimeMessage message)
    {
        using var stream = new MemoryStream();
        message.WriteTo(stream);
        stream.Position = 0;
        Assert.True(Encoding.Latin1.GetString(stream.ToArray()).Split('\n').All(line => line.Length <= 998));
        return MimeMessage.Load(stream);
    }
}
