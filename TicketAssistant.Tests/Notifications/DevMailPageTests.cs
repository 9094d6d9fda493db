using TicketAssistant.Functions.Notifications;
using Xunit;

namespace TicketAssistant.Tests.Notifications;

public sealed class DevMailPageTests
{
    private const string Attack = "</title></li></iframe><script>alert(1)</script>\"'";
    private static readonly Uri App = new("https://help.example.com/app");

    [Fact]
    public void The_list_links_to_each_mail_and_encodes_what_it_shows()
    {
        var page = DevMailPage.List([new("a.b@example.com", $"{Attack} <mo@example.com>", Attack, Mails.OwedAt)]);

        Assert.Contains("href=\"/dev/mail/a.b%40example.com\"", page, StringComparison.Ordinal);
        Assert.Contains("&lt;mo@example.com&gt;", page, StringComparison.Ordinal);
        Assert.Contains("2026-03-04 05:06:07 UTC", page, StringComparison.Ordinal);
        AssertHarmless(page);
    }

    [Fact]
    public void A_mail_is_shown_encoded_and_its_html_in_a_sandbox()
    {
        var page = DevMailPage.Message(new(Attack, [("To", Attack), (Attack, Attack)], Attack, $"<p title=\"x\">{Attack}</p>"), App);

        Assert.Contains("sandbox=\"\" srcdoc=\"&lt;p title=&quot;x&quot;&gt;&lt;/title&gt;", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<iframe").Length);
        AssertHarmless(page);
    }

    [Fact]
    public void Only_addresses_of_the_app_become_links()
    {
        const string Text = """
            https://help.example.com/app/tickets/1
            https://help.example.com/application
            https://help.example.com.evil.example/app/tickets/1
            javascript:alert(1)
              https://help.example.com/app/within-somebodys-text
            """;

        var page = DevMailPage.Message(new("s", [], Text, null), App);

        Assert.Contains("<a href=\"https://help.example.com/app/tickets/1\">", page, StringComparison.Ordinal);
        Assert.Equal(2, page.Split("<a href=\"http").Length);
        Assert.DoesNotContain("href=\"javascript", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<iframe", page, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_mailbox_says_what_to_do() =>
        Assert.Contains("No mail yet", DevMailPage.List([]), StringComparison.Ordinal);

    private static void AssertHarmless(string page)
    {
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(2, page.Split("</title>").Length);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;", page, StringComparison.Ordinal);
    }
}
