using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Tickets;
using Xunit;

namespace TicketAssistant.Tests.Notifications;

public sealed partial class AssignedMailTests
{
    private const string Link = "https://help.example.com/app/tickets/0195a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b";

    [Fact]
    public void A_mail_that_went_out_is_not_held_on_to()
    {
        var options = Mails.Options();
        var sent = Compose();
        GC.Collect();

        Assert.False(sent.TryGetTarget(out _));
        GC.KeepAlive(options);

        // In a method of its own, so that nothing on this one's stack holds the message.
        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        WeakReference<MimeKit.MimeMessage> Compose() =>
            new(Mails.Compose(MailKind.Assigned, Mails.Ticket, Mails.Moderator, MessageId.For(Mails.Key, "tickets.local"), options));
    }

    [Fact]
    public void Subject_gives_priority_title_and_the_random_end_of_the_id() =>
        Assert.Equal("[High] Pods restart every minute (#9e0f1a2b)", Mails.Compose(Mails.Ticket).Subject);

    [Fact]
    public void Both_bodies_say_everything_the_assignee_needs()
    {
        var message = Mails.Compose(Mails.Ticket);

        foreach (var body in new[] { Text(message), Decoded(Html(message)) })
        {
            Assert.Contains("Pods restart every minute", body, StringComparison.Ordinal);
            Assert.Contains("High", body, StringComparison.Ordinal);
            Assert.Contains("Feature request", body, StringComparison.Ordinal);
            Assert.Contains("kubernetes, C++", body, StringComparison.Ordinal);
            Assert.Contains("Rita Requester", body, StringComparison.Ordinal);
            Assert.Contains("Checkout pods restart in a loop.", body, StringComparison.Ordinal);
            Assert.Contains("Covers kubernetes and C++ and has the fewest open tickets.", body, StringComparison.Ordinal);
            Assert.Contains("Look at the liveness probe.", body, StringComparison.Ordinal);
            Assert.Contains("größer als 512 MB?", body, StringComparison.Ordinal);
            Assert.Contains(Link, body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Lines_of_the_notes_stay_lines()
    {
        var message = Mails.Compose(Mails.Ticket);

        Assert.Contains("Look at the liveness probe.<br>", Html(message), StringComparison.Ordinal);
        Assert.Contains("  Look at the liveness probe.\n  Then at", Text(message).ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_ticket_that_no_analyser_could_read_is_shown_as_it_was_posted()
    {
        var message = Mails.Compose(Mails.Ticket with { Summary = null, HelpfulNotes = null, Assignment = null, RelatedSkills = [] });

        Assert.Contains("Nothing was deployed.", Text(message), StringComparison.Ordinal);
        Assert.DoesNotContain("Skills", Text(message), StringComparison.Ordinal);
        Assert.DoesNotContain("Suggestions", Text(message), StringComparison.Ordinal);
        Assert.DoesNotContain("Why it came", Text(message), StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_silence_auto_responders_and_keep_a_ticket_in_one_conversation()
    {
        var first = Mails.Compose(Mails.Ticket);
        var later = Mails.Compose(MailKind.Assigned, Mails.Ticket, Mails.Moderator, MessageId.For(Mails.Key with { Revision = 2 }, "tickets.local"), Mails.Options());

        Assert.Equal("auto-generated", first.Headers["Auto-Submitted"]);
        Assert.Equal("All", first.Headers["X-Auto-Response-Suppress"]);
        Assert.Equal("ticket.0195a1b2c3d47e5f8a6b7c8d9e0f1a2b@tickets.local", first.InReplyTo);
        Assert.Equal([first.InReplyTo!], first.References);
        Assert.Equal(first.InReplyTo, later.InReplyTo);
        Assert.NotEqual(first.MessageId, later.MessageId);
        Assert.Equal(Mails.OwedAt, first.Date);
        Assert.Equal("\"Mo Müller\" <mo@example.com>", first.To.ToString());
    }

    [Fact]
    public void Composing_again_gives_the_same_bytes() =>
        Assert.Equal(Bytes(Mails.Compose(Mails.Ticket)), Bytes(Mails.Compose(Mails.Ticket)));

    [Fact]
    public void Markup_in_any_field_is_text()
    {
        const string Attack = "</td><script>alert(1)</script><img src=x onerror=alert(1)>\"'&";
        var message = Mails.Compose(Mails.Ticket with
        {
            Title = Attack,
            Summary = Attack,
            HelpfulNotes = Attack,
            RelatedSkills = [Attack],
            CreatedBy = Mails.Ticket.CreatedBy with { Name = Attack },
            Assignment = new(Attack, [], 0),
        });

        Assert.DoesNotContain("<script", Html(message), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", Html(message), StringComparison.OrdinalIgnoreCase);
        // The page's title, its heading, two sections, two facts and the reason: all of them there, as text.
        Assert.Equal(7, Occurrences(Decoded(Html(message)), Attack));
        Assert.Equal(Tags(Html(Mails.Compose(Mails.Ticket with { HelpfulNotes = "one line" }))), Tags(Html(message)));
    }

    [Fact]
    public void A_line_break_in_the_title_makes_no_header()
    {
        var message = Mails.Compose(Mails.Ticket with { Title = "Hello\r\nBcc: victim@example.com\r\n\r\nBody\u0085X: y\u2028Z: z" });
        var reread = Reread(message);

        Assert.Equal("[High] Hello Bcc: victim@example.com Body X: y Z: z (#9e0f1a2b)", reread.Subject);
        Assert.Empty(reread.Bcc);
        Assert.Null(reread.Headers["X"]);
        Assert.StartsWith("Assigned to you: Hello Bcc: victim@example.com Body", Text(reread), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_break_in_a_name_makes_no_recipient()
    {
        var message = Mails.Compose(
            MailKind.Assigned,
            Mails.Ticket, Mails.Moderator with { Name = "Mo\r\nBcc: <victim@example.com>, " }, "id@tickets.local", Mails.Options());

        var recipient = Assert.Single(Reread(message).To.Mailboxes);
        Assert.Equal("mo@example.com", recipient.Address);
        Assert.Empty(Reread(message).Bcc);
    }

    [Fact]
    public void Characters_that_turn_or_hide_text_are_gone()
    {
        var message = Mails.Compose(Mails.Ticket with { Title = "invoice\u202Efdp.exe\u202C \u2066x\u2069\u200F\u061C \0\u0007\u001B[31mred", HelpfulNotes = "a\u202Eb\u0000c" });

        Assert.Equal("[High] invoicefdp.exe x [31mred (#9e0f1a2b)", message.Subject);
        foreach (var text in new[] { Text(message), Html(message), Decoded(Html(message)) })
            Assert.DoesNotMatch(Unwanted(), text);
    }

    [Fact]
    public void Very_long_texts_are_cut()
    {
        var message = Mails.Compose(Mails.Ticket with
        {
            Title = new string('t', 10_240),
            Summary = new string('s', 100_000),
            HelpfulNotes = new string('n', 100_000),
            RelatedSkills = [.. Enumerable.Repeat(new string('k', 1_000), 1_000)],
            CreatedBy = Mails.Ticket.CreatedBy with { Name = new string('r', 10_000) },
        });

        Assert.Equal($"[High] {new string('t', 119)}… (#9e0f1a2b)", message.Subject);
        Assert.True(Bytes(message).Length < 40_000);
        Assert.All(Encoding.Latin1.GetString(Bytes(message)).Split("\r\n"), line => Assert.True(line.Length <= 998, line));
    }

    [Fact]
    public void A_cut_tears_no_character()
    {
        // Each family is eleven UTF-16 units long.
        var subject = Mails.Compose(Mails.Ticket with { Title = string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 50)) }).Subject;

        Assert.Equal($"[High] {string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 10))}… (#9e0f1a2b)", subject);
    }

    [Fact]
    public void One_character_of_thousands_of_marks_cannot_flood_the_subject() =>
        Assert.Equal("[High] … (#9e0f1a2b)", Mails.Compose(Mails.Ticket with { Title = "e" + new string('\u0301', 10_000) }).Subject);

    [Fact]
    public void Half_a_character_does_not_spoil_the_mail() =>
        Assert.Equal("[High] a\uFFFDb (#9e0f1a2b)", Reread(Mails.Compose(Mails.Ticket with { Title = "a\uD83Db" })).Subject);

    [Fact]
    public void The_html_asks_for_nothing_from_elsewhere()
    {
        var html = Html(Mails.Compose(Mails.Ticket));

        Assert.DoesNotMatch(new Regex("src=|url\\(|@import|<link|<script|<img", RegexOptions.IgnoreCase), html);
        Assert.All(Regex.Matches(html, "href=\"([^\"]*)\""), match => Assert.Equal(Link, match.Groups[1].Value));
        Assert.Contains("prefers-color-scheme: dark", html, StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_is_none_is_a_permanent_failure()
    {
        var exception = Assert.Throws<MailTransportException>(() =>
            Mails.Compose(MailKind.Assigned, Mails.Ticket, Mails.Moderator with { Email = "not an address" }, "id@tickets.local", Mails.Options()));

        Assert.True(exception.IsPermanent);
        Assert.Contains(Mails.Moderator.Id.ToString(), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Message_ids_differ_by_every_part_of_the_key()
    {
        var key = Mails.Key;
        MailKey[] keys = [key, key with { TicketId = Guid.NewGuid() }, key with { RecipientId = Guid.NewGuid() }, key with { Revision = 2 }];

        Assert.Equal(keys.Length, keys.Select(k => MessageId.For(k, "example.com")).Distinct().Count());
        Assert.Equal(MessageId.For(key, "example.com"), MessageId.For(key with { }, "example.com"));
    }

    private static string Text(MimeMessage message) => Assert.IsType<string>(message.TextBody);

    private static string Html(MimeMessage message) => Assert.IsType<string>(message.HtmlBody);

    private static string Decoded(string html) => System.Net.WebUtility.HtmlDecode(html);

    private static int Occurrences(string text, string part) => text.Split(part).Length - 1;

    private static int Tags(string html) => html.Count(c => c == '<');

    private static MimeMessage Reread(MimeMessage message) => MimeMessage.Load(new MemoryStream(Bytes(message)));

    private static byte[] Bytes(MimeMessage message)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        using var stream = new MemoryStream();
        message.WriteTo(format, stream);
        return stream.ToArray();
    }

    [GeneratedRegex("[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]")]
    private static partial Regex Unwanted();
}
