using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Json;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>The audit log's page: what admins did is there, filtered as the address says.</summary>
[Collection(WebTests.Name)]
public sealed class AuditTests(WebFixture fixture)
{
    [Fact]
    public async Task What_an_admin_did_is_listed_with_whom_it_concerned_and_who_did_it()
    {
        var person = await fixture.ModeratorAsync("Rolf Role", fixture.NewSkill());
        var page = await fixture.OpenAsync("/audit", fixture.Admin);
        var entry = page.Locator(".audit > li").Filter(new() { HasText = person.Email });
        await Expect(entry).ToHaveCountAsync(2);
        await Expect(entry.Filter(new() { HasText = "Role changed" })).ToContainTextAsync("Requester → Moderator");
        await Expect(entry.Filter(new() { HasText = "Role changed" })).ToContainTextAsync(fixture.Admin.Email);

        await page.GetByLabel("What was done").SelectOptionAsync("Skills changed");
        await Expect(entry).ToHaveCountAsync(1);
        await Expect(entry).ToContainTextAsync("0 → 1");
        Assert.EndsWith("/audit?action=skills_changed", page.Url, StringComparison.Ordinal);
        await page.ReloadAsync();
        await Expect(entry).ToHaveCountAsync(1);
        await Expect(page.GetByLabel("What was done")).ToHaveValueAsync("skills_changed");
        var told = Assert.Single((await EntriesAsync($"action=skills_changed&subject={person.Id}")).EnumerateArray());
        Assert.Equal((person.Email, fixture.Admin.Email), (told.GetProperty("subjectEmail").GetString(), told.GetProperty("actor").GetString()));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Days_are_those_of_whoever_looks_and_all_filters_are_cleared_at_once()
    {
        var person = await fixture.ModeratorAsync("Dana Day", fixture.NewSkill());
        var at = (await EntriesAsync($"action=role_changed&subject={person.Id}"))[0].GetProperty("at").GetDateTimeOffset();
        // Where it is another day than at the server, so that the server's days would not do.
        var (offset, zone) = at.Hour < 12 ? (-12, "Etc/GMT+12") : (12, "Etc/GMT-12");
        var there = at.ToOffset(TimeSpan.FromHours(offset));
        string Day(int later) => there.AddDays(later).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var page = await fixture.OpenAsync($"/audit?from={Day(0)}&to={Day(0)}", fixture.Admin, new BrowserNewContextOptions { TimezoneId = zone });
        var entry = page.Locator(".audit > li").Filter(new() { HasText = person.Email }).Filter(new() { HasText = "Role changed" });
        await Expect(entry).ToHaveCountAsync(1);
        await Expect(page.GetByLabel("From")).ToHaveValueAsync(Day(0));

        await page.GetByLabel("Until").FillAsync(Day(-1));
        await page.GetByLabel("From").FillAsync("");
        await Expect(entry).ToHaveCountAsync(0);
        await page.GetByLabel("From").FillAsync(Day(1));
        await page.GetByLabel("Until").FillAsync("");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing found" })).ToBeVisibleAsync();
        Assert.EndsWith($"/audit?from={Day(1)}", page.Url, StringComparison.Ordinal);
        await Axe.IsCleanAsync(page, "the audit log without an entry");

        await page.GetByRole(AriaRole.Button, new() { Name = "Clear all filters" }).ClickAsync();
        await Expect(entry).ToHaveCountAsync(1);
        await Expect(page.GetByLabel("What was done")).ToBeFocusedAsync();
        await page.ReloadAsync();
        await Expect(entry).ToHaveCountAsync(1);
        Assert.EndsWith("/audit", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_long_log_goes_on_by_keyboard_where_it_ended_and_is_clean_on_a_phone()
    {
        var person = await fixture.ModeratorAsync("Lena Log", fixture.NewSkill());
        for (var i = 1; i <= 51; i++) await fixture.Admin.Api.PostAsync("/api/auth/update-user", new { email = person.Email, capacity = i });
        var page = await fixture.OpenAsync("/audit?action=availability_changed", fixture.Admin, new BrowserNewContextOptions
        {
            ViewportSize = new() { Width = 320, Height = 640 },
            ColorScheme = ColorScheme.Dark,
            Locale = "de-AT",
        });
        await Expect(page.Locator(".audit > li")).ToHaveCountAsync(50);
        await Expect(page.Locator(".audit > li").First).ToContainTextAsync("Kapazität oder Abwesenheit geändert");
        await Axe.IsCleanAsync(page, "the audit log on a phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mehr zeigen" }).PressAsync("Enter");
        await Expect(page.Locator(".audit > li").Nth(50)).ToBeFocusedAsync();
        var shown = await page.Locator(".audit > li time").EvaluateAllAsync<string[]>("times => times.map(time => time.dateTime)");
        Assert.Equal(shown.OrderDescending(StringComparer.Ordinal), shown);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_does_not_load_says_so_and_can_be_tried_again()
    {
        var page = await fixture.OpenAsync("/audit", fixture.Admin);
        await page.RouteAsync("**/api/audit?*", route => route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = "{}" }));
        await page.GetByLabel("What was done").SelectOptionAsync("Role changed");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("That did not load");
        await page.UnrouteAsync("**/api/audit?*");
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.Locator(".audit > li").First).ToContainTextAsync("Role changed");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Whatever_the_server_writes_can_be_chosen_and_has_a_name_in_every_language()
    {
        var page = await fixture.OpenAsync("/audit", fixture.Admin);
        var offered = await page.GetByLabel("What was done").Locator("option").EvaluateAllAsync<string[]>("options => options.map(option => option.value).filter(Boolean)");
        Assert.Equal(EnumNames<AuditAction>.All.Order(StringComparer.Ordinal), offered.Order(StringComparer.Ordinal));
        foreach (var language in (string[])["en", "de"])
        {
            var named = await page.EvaluateAsync<string[]>("""
                async (language) => Object.keys((await import(`/app/text/${language}.js`)).default)
                  .filter((key) => key.startsWith('audit.action.')).map((key) => key.slice('audit.action.'.length))
                """, language);
            Assert.Equal([.. EnumNames<AuditAction>.All.Append("any").Order(StringComparer.Ordinal)], named.Order(StringComparer.Ordinal));
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Nobody_but_an_admin_sees_it()
    {
        var page = await fixture.OpenAsync("/audit", await fixture.ModeratorAsync("Mia Frontend", fixture.NewSkill()));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Audit log" })).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    private async Task<JsonElement> EntriesAsync(string query) => (await fixture.Admin.Api.GetAsync($"/api/audit?{query}")).Json.GetProperty("entries");
}
