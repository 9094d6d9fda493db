using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>What holds of all pages: accessible in every guise, small, quiet, in words of one language.</summary>
[Collection(WebTests.Name)]
public sealed class PagesTests(WebFixture fixture)
{
    private static readonly Dictionary<string, BrowserNewContextOptions> Guises = new()
    {
        ["light, wide"] = new() { ViewportSize = new() { Width = 1440, Height = 900 } },
        ["at 200 %"] = new() { ViewportSize = new() { Width = 640, Height = 400 }, DeviceScaleFactor = 2, ColorScheme = ColorScheme.Dark },
        ["dark phone, German"] = new() { ViewportSize = new() { Width = 320, Height = 640 }, ColorScheme = ColorScheme.Dark, Locale = "de-AT" },
    };

    public static TheoryData<string> GuiseNames => [.. Guises.Keys];

    [Theory]
    [MemberData(nameof(GuiseNames))]
    public async Task Every_page_is_clean(string guise)
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Mia Frontend", skill, "C++", "a skill with a rather long name, as people write them");
        var requester = await fixture.RequesterAsync();
        var id = await requester.PostAsync($"{skill}: the checkout does nothing in Safari", $"Since the release, {skill} fails for everybody. https://example.com/{new string('x', 90)}");
        await fixture.Admin.Api.WaitForTicketAsync(id, t => t.GetProperty("triage").GetProperty("state").GetString() == "succeeded" && t.TryGetProperty("assignment", out _));
        await moderator.Api.PostAsync($"/api/tickets/{id}/comments", new { body = "We are on it." });
        await moderator.Api.PostAsync($"/api/tickets/{id}/comments", new { body = "As last month.", @internal = true });

        foreach (var (person, paths) in new (Person? Person, string[] Paths)[]
        {
            (null, ["/sign-in", "/sign-up", "/nothing"]),
            (requester, ["/tickets", "/tickets/new", $"/tickets/{id}", "/tickets?q=nothing-has-this-word"]),
            (moderator, ["/queue", $"/tickets/{id}", "/account"]),
            (fixture.Admin, ["/tickets", $"/people?q={moderator.Email}", "/audit", "/system"]),
        })
        {
            var page = await fixture.OpenAsync(paths[0], person, new BrowserNewContextOptions(Guises[guise]));
            foreach (var path in paths)
            {
                if (path != paths[0]) await page.GotoAsync(path);
                await page.Locator("main h1").WaitForAsync();
                await Axe.IsCleanAsync(page, $"{path} ({guise})");
            }

            await page.Context.CloseAsync();
        }
    }

    [Theory]
    [MemberData(nameof(GuiseNames))]
    public async Task Every_dialog_menu_and_message_is_clean(string guise)
    {
        var admin = await fixture.OpenAsync($"/people?q={fixture.Admin.Email}", fixture.Admin, new BrowserNewContextOptions(Guises[guise]));
        await admin.Locator(".people .button").First.ClickAsync();
        await admin.Locator("dialog").WaitForAsync();
        await admin.Locator("dialog input[name=capacity]").FillAsync("many");
        await admin.Locator("dialog button[type=submit]").ClickAsync();
        await admin.Locator("dialog .problem").WaitForAsync();
        await Axe.IsCleanAsync(admin, $"a person ({guise})");
        await admin.Keyboard.PressAsync("Escape");

        await admin.Locator(".me").ClickAsync();
        await Axe.IsCleanAsync(admin, $"the menu ({guise})");
        await admin.Keyboard.PressAsync("Escape");
        await admin.Keyboard.PressAsync("?");
        await admin.Locator("dialog").WaitForAsync();
        await Axe.IsCleanAsync(admin, $"the shortcuts ({guise})");
        await admin.Context.CloseAsync();

        var stranger = await fixture.OpenAsync("/sign-in", null, new BrowserNewContextOptions(Guises[guise]));
        await stranger.Locator("input[type=email]").FillAsync("nobody@example.com");
        await stranger.Locator("input[name=password]").FillAsync("is not right");
        await stranger.Keyboard.PressAsync("Enter");
        await stranger.Locator("[role=alert]").WaitForAsync();
        await Axe.IsCleanAsync(stranger, $"a wrong password ({guise})");
        await stranger.Context.CloseAsync();
    }

    [Fact]
    public async Task The_first_page_is_small_and_loads_nothing_from_elsewhere()
    {
        var context = await fixture.BrowserAsync();
        var page = await context.NewPageAsync();
        List<string> complaints = [];
        List<string> addresses = [];
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);
        page.Request += (_, request) => addresses.Add(request.Url);

        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" }).WaitForAsync();
        await page.WaitForFunctionAsync("performance.getEntriesByName('first-contentful-paint').length === 1");

        var bytes = await page.EvaluateAsync<int>("performance.getEntries().reduce((sum, entry) => sum + (entry.transferSize ?? 0), 0)");
        var paint = await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
        TestContext.Current.TestOutputHelper?.WriteLine($"First page: {addresses.Count} requests, {bytes} bytes, first contentful paint after {paint:F0} ms.");
        Assert.InRange(bytes, 1_000, 100_000);
        Assert.All(addresses, address => Assert.StartsWith(fixture.App.BaseAddress.ToString(), address, StringComparison.Ordinal));
        Assert.Empty(complaints);
        await context.CloseAsync();
    }

    [Fact]
    public async Task Every_language_has_every_text_with_the_same_places()
    {
        var page = await fixture.OpenAsync("/sign-in");
        var differences = await page.EvaluateAsync<string[]>("""
            async () => {
              const [english, german] = (await Promise.all(['en', 'de'].map((code) => import(`/app/text/${code}.js`)))).map((module) => module.default);
              const places = (text) => [...new Set(JSON.stringify(text).match(/\{\w+\}/g))].sort().join();
              const keys = [...new Set([...Object.keys(english), ...Object.keys(german)])];
              return keys.filter((key) => !(key in english) || !(key in german) || typeof english[key] !== typeof german[key] || places(english[key]) !== places(german[key]));
            }
            """);
        Assert.Empty(differences);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_language_is_the_browsers_until_somebody_chooses_another()
    {
        var page = await fixture.OpenAsync("/sign-in", null, new BrowserNewContextOptions { Locale = "de-AT" });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Anmelden" })).ToBeVisibleAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "de");
        await page.GetByRole(AriaRole.Button, new() { Name = "English" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await page.Context.CloseAsync();
    }
}
