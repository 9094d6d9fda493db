using System.Text.Json;
using Microsoft.Playwright;
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
