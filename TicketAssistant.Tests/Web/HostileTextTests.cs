using System.Text.Json;
using Microsoft.Playwright;
using MimeKit;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>Whatever somebody writes is shown as what it is: text.</summary>
[Collection(WebTests.Name)]
public sealed class HostileTextTests(WebFixture fixture)
{
    private static readonly string[] Texts =
    [
        "<script>window.hit=1</script>",
        "<img src=x onerror=window.hit=1>",
        "<svg/onload=window.hit=1><animate onbegin=window.hit=1>",
        "\"><iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
        "' autofocus onfocus=window.hit=1 x='",
        "[click](javascript:window.hit=1) ![x](javascript:window.hit=1)",
        "javascript:window.hit=1//",
        "{{constructor.constructor('window.hit=1')()}} ${window.hit=1}",
        "<math><mtext></table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=window.hit=1&gt;\">",
        "</title></textarea></template><style>*{display:none}</style>",
        "&lt;b&gt;entities&lt;/b&gt; &#x3c;script&#x3e;",
        "\u202Eevil\u202C \u2066turned\u2069 \u200Fright",
    ];

    [Fact]
    public async Task Titles_texts_names_and_skills_are_shown_as_written()
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("<b onclick=window.hit=1>Mo</b>", [skill, .. Texts.Where(text => text.Length <= 60 && !text.Contains('\u202E') && !text.Contains(','))]);
        var requester = await fixture.RequesterAsync("<img src=x onerror=window.hit=1>");
        var ids = new List<string>();
        foreach (var text in Texts) ids.Add(await requester.PostAsync($"{skill} {text}", $"{skill}\n{text}"));
        foreach (var id in ids) await fixture.Admin.Api.WaitForTicketAsync(id, ticket => ticket.GetProperty("assignedTo").ValueKind == JsonValueKind.Object);

        await ShowsAsync(requester, "/tickets", ids);
        await ShowsAsync(moderator, $"/tickets?q={skill}", ids);

        var people = await fixture.OpenAsync($"/people?q={moderator.Email}", fixture.Admin);
        await Expect(people.Locator(".person-name bdi")).ToHaveTextAsync("<b onclick=window.hit=1>Mo</b>");
        await Expect(people.Locator(".people .tag").Filter(new() { HasText = Texts[0] })).ToHaveTextAsync(Texts[0]);
        await people.Locator(".people .button").ClickAsync();
        await Expect(people.GetByRole(AriaRole.Dialog).Locator("h2")).ToHaveTextAsync("<b onclick=window.hit=1>Mo</b>");
        await UnharmedAsync(people);
    }

    [Fact]
    public async Task Answers_notes_reasons_skills_and_searches_are_shown_as_written()
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("<svg onload=window.hit=1>", skill);
        var requester = await fixture.RequesterAsync("\"><script>window.hit=1</script>");
        var id = await requester.PostAsync($"{skill} is broken", $"Since noon {skill} does nothing.");
        var ticket = await fixture.Admin.Api.WaitForTicketAsync(id, t => t.TryGetProperty("assignment", out _));
        foreach (var text in Texts)
        {
            await moderator.Api.PostAsync($"/api/tickets/{id}/comments", new { body = text });
            await moderator.Api.PostAsync($"/api/tickets/{id}/comments", new { body = text, @internal = true });
        }

        await moderator.Api.PostAsync($"/api/tickets/{id}/feedback", new { helpful = false, reason = string.Join('\n', Texts) });
        var version = (await moderator.Api.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket").GetProperty("version").GetInt64();
        string[] skills = [.. Texts.Where(text => text.Length <= 60 && !text.Contains('\u202E')).Take(8)];
        var changed = await moderator.Api.SendAsync(HttpMethod.Patch, $"/api/tickets/{id}", new { version, relatedSkills = skills });
        var kept = changed.Json.GetProperty("ticket").GetProperty("relatedSkills").EnumerateArray().Select(s => s.GetString()!).ToArray();
        Assert.NotEmpty(kept);

        var page = await fixture.OpenAsync($"/tickets/{id}", moderator);
        var said = await page.Locator(".said .user-text").AllTextContentsAsync();
        Assert.All(Texts, text => Assert.Equal(2, said.Count(shown => shown == text)));
        Assert.Equal(kept, await page.Locator(".facts .tag").AllTextContentsAsync());
        foreach (var summary in await page.Locator(".happened summary").AllAsync()) await summary.ClickAsync();
        foreach (var text in Texts)
        {
            await page.GotoAsync($"/tickets?q={Uri.EscapeDataString(text)}");
            await Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync(text.Trim());
        }

        await UnharmedAsync(page);
        var theirs = await fixture.OpenAsync($"/tickets/{id}", requester);
        Assert.Equal(Texts, (await theirs.Locator(".said .user-text").AllTextContentsAsync()).Skip(1));
        await UnharmedAsync(theirs);
    }

    [Fact]
    public async Task Mails_show_them_as_text_too()
    {
        var skill = fixture.NewSkill();
        await fixture.ModeratorAsync("<b onclick=window.hit=1>Mo</b>", skill);
        var requester = await fixture.RequesterAsync("<img src=x onerror=window.hit=1>");
        var ids = new List<string>();
        foreach (var text in Texts) ids.Add(await requester.PostAsync($"{skill} {text}", $"{skill}\n{text}"));
        var mails = await MailsAsync(ids);

        var context = await fixture.BrowserAsync();
        var page = await context.NewPageAsync();
        foreach (var mail in mails)
        {
            Assert.DoesNotMatch("[\u0000-\u0008\u202A-\u202E\u2066-\u2069]", mail.Subject + mail.TextBody + mail.HtmlBody);
            await page.SetContentAsync(mail.HtmlBody!);
            await Expect(page.Locator(":is(script, iframe, img, svg, math, animate, [onclick], [onload], [onerror], [onfocus], a[href^='javascript' i])")).ToHaveCountAsync(0);
            Assert.Null(await page.EvaluateAsync<int?>("window.hit"));
        }

        var shown = string.Join('\n', mails.Select(mail => mail.Subject));
        Assert.All(Texts.Where(text => text.Length < 60 && !text.Contains('\u202E')), text => Assert.Contains(text, shown, StringComparison.Ordinal));
        await context.CloseAsync();
    }

    /// <summary>The mails that tell whoever has these tickets of them, as soon as all are there.</summary>
    private async Task<List<MimeMessage>> MailsAsync(List<string> ids)
    {
        List<MimeMessage> mails = [];
        for (var i = 0; i < 20 && mails.Count < ids.Count; i++)
        {
            if (i > 0) await Task.Delay(500);
            mails = [.. Directory.EnumerateFiles(Path.Combine(fixture.App.DataDirectory, "mail"), "*.eml").Select(file => MimeMessage.Load(file))
                .Where(mail => ids.Exists(id => mail.MessageId!.StartsWith($"assigned.{Guid.Parse(id):N}.", StringComparison.Ordinal)))];
        }

        Assert.Equal(ids.Count, mails.Count);
        return mails;
    }

    private async Task ShowsAsync(Person person, string list, List<string> ids)
    {
        var page = await fixture.OpenAsync(list, person);
        await Expect(page.Locator(".row-title")).ToHaveCountAsync(Texts.Length);
        var titles = await page.Locator(".row-title").AllTextContentsAsync();
        Assert.All(Texts, text => Assert.Contains(titles, title => title.EndsWith(text, StringComparison.Ordinal)));
        foreach (var (id, text) in ids.Zip(Texts))
        {
            await page.GotoAsync($"/tickets/{id}");
            await page.Locator("main h1").WaitForAsync();
            Assert.EndsWith(text, await page.Locator("main h1").TextContentAsync(), StringComparison.Ordinal);
            Assert.EndsWith(text, await page.Locator(".said .user-text").First.TextContentAsync(), StringComparison.Ordinal);
            Assert.Equal("<img src=x onerror=window.hit=1>", await page.Locator(".said-head strong").First.TextContentAsync());
        }

        await UnharmedAsync(page);
    }

    /// <summary>Nothing ran, and nothing came into the page but what the app makes.</summary>
    private static async Task UnharmedAsync(IPage page)
    {
        Assert.Null(await page.EvaluateAsync<int?>("window.hit"));
        await Expect(page.Locator("main :is(script, style, iframe, img, b, math, animate)")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }
}
