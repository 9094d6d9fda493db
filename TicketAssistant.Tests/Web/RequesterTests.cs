using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>Who writes tickets.</summary>
[Collection(WebTests.Name)]
public sealed class RequesterTests(WebFixture fixture)
{
    [Fact]
    public async Task A_ticket_is_written_by_keyboard_alone_and_watched_on_its_way()
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Mia Frontend", skill);
        var requester = await fixture.RequesterAsync();
        var page = await fixture.OpenAsync("/tickets", requester);

        await page.Keyboard.PressAsync("c");
        await Expect(page.GetByLabel("What is it about?")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync($"{skill} is broken");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync($"Since noon {skill} does nothing.");
        await page.Keyboard.PressAsync("Control+Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = $"{skill} is broken" })).ToBeFocusedAsync();
        var steps = page.GetByRole(AriaRole.List, new() { Name = "On its way" }).GetByRole(AriaRole.Listitem);
        await Expect(steps).ToHaveCountAsync(4);
        await Expect(page.Locator(".step[data-state=done]")).ToHaveCountAsync(4);
        await Expect(steps.Nth(2)).ToContainTextAsync(moderator.Name);
        await Expect(page.Locator(".facts")).ToContainTextAsync(moderator.Name);

        var stored = Assert.Single(await requester.Api.ListAllAsync("/api/tickets", "tickets"));
        Assert.EndsWith(stored.GetProperty("id").GetString()!, page.Url, StringComparison.Ordinal);
        Assert.Equal($"Since noon {skill} does nothing.", stored.GetProperty("description").GetString());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_requester_sees_nothing_that_is_for_staff()
    {
        var skill = fixture.NewSkill();
        await fixture.ModeratorAsync("Mia Frontend", skill);
        var requester = await fixture.RequesterAsync();
        var id = await requester.PostAsync($"{skill} is broken", $"Please repair {skill}.");
        await fixture.Admin.Api.WaitForTicketAsync(id, t => t.GetProperty("assignedTo").ValueKind == System.Text.Json.JsonValueKind.Object);
        var page = await fixture.OpenAsync($"/tickets/{id}", requester);

        await Expect(page.Locator(".facts")).ToContainTextAsync("Mia Frontend");
        await Expect(page.Locator(".why, .assist, .away-switch")).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link)).ToHaveTextAsync(["My tickets"]);
        foreach (var path in (string[])["/people", "/queue"])
        {
            await page.GotoAsync(path);
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here" })).ToBeVisibleAsync();
        }

        var other = await fixture.OpenAsync($"/tickets/{id}", await fixture.RequesterAsync());
        await Expect(other.GetByRole(AriaRole.Heading, new() { Name = "There is nothing here" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
        await other.Context.CloseAsync();
    }

    [Fact]
    public async Task A_draft_outlives_a_reload_and_goes_when_it_is_sent()
    {
        var requester = await fixture.RequesterAsync();
        var page = await fixture.OpenAsync("/tickets/new", requester);
        await page.GetByLabel("What is it about?").FillAsync("Half a title");
        await page.GetByLabel("What happened?").FillAsync("Half a thought");
        await Expect(page.GetByText("Draft kept in this browser")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByLabel("What is it about?")).ToHaveValueAsync("Half a title");
        await Expect(page.GetByLabel("What happened?")).ToHaveValueAsync("Half a thought");

        await page.GetByRole(AriaRole.Button, new() { Name = "Send ticket" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Half a title" })).ToBeVisibleAsync();
        await page.GotoAsync("/tickets/new");
        await Expect(page.GetByLabel("What is it about?")).ToHaveValueAsync("");
        Assert.Single(await requester.Api.ListAllAsync("/api/tickets", "tickets"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_ticket_whose_reply_was_lost_is_sent_again_and_is_still_one()
    {
        var requester = await fixture.RequesterAsync();
        var page = await fixture.OpenAsync("/tickets/new", requester);
        await page.GetByLabel("What is it about?").FillAsync("Once only");
        await page.GetByLabel("What happened?").FillAsync("Twice would be once too often.");
        // It arrives, and the answer does not.
        await page.RouteAsync("**/api/tickets", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "Send ticket" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The server does not answer");
        await Expect(page.GetByText("No connection.")).ToBeVisibleAsync();

        await page.UnrouteAllAsync();
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send ticket" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Once only" })).ToBeVisibleAsync();
        Assert.Single(await requester.Api.ListAllAsync("/api/tickets", "tickets"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_missing_is_said_at_its_field_and_nothing_is_sent()
    {
        var requester = await fixture.RequesterAsync();
        var page = await fixture.OpenAsync("/tickets/new", requester);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send ticket" }).ClickAsync();
        await Expect(page.GetByLabel("What is it about?")).ToBeFocusedAsync();
        await Expect(page.GetByLabel("What is it about?")).ToHaveAccessibleErrorMessageAsync("Say in a few words what it is about.");
        await Expect(page.GetByLabel("What happened?")).ToHaveAccessibleErrorMessageAsync("Describe what happened.");
        Assert.Empty(await requester.Api.ListAllAsync("/api/tickets", "tickets"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_list_is_filtered_searched_and_paged_and_its_address_says_so()
    {
        var requester = await fixture.RequesterAsync();
        for (var i = 0; i < 27; i++) await requester.PostAsync($"Number {i:00}", i == 3 ? "A walrus sits on it." : "Nothing special.");
        var page = await fixture.OpenAsync("/tickets", requester);
        var rows = page.Locator(".rows > li");
        await Expect(rows).ToHaveCountAsync(25);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(27);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Number 01" })).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("walrus");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(page).ToHaveURLAsync(new Regex("\\?q=walrus$"));
        await page.GetByLabel("Status").SelectOptionAsync("Solved");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing found" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear all filters" }).ClickAsync();
        await Expect(rows).ToHaveCountAsync(25);

        await page.GotoAsync("/tickets?q=walrus&status=TODO");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(page.GetByLabel("Status")).ToHaveValueAsync("TODO");
        await page.GetByRole(AriaRole.Link, new() { Name = "Number 03" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Number 03" })).ToBeVisibleAsync();
        await page.GoBackAsync();
        await Expect(rows).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task While_the_server_is_away_a_banner_says_so_and_goes_by_itself()
    {
        var page = await fixture.OpenAsync("/tickets", await fixture.RequesterAsync());
        await page.RouteAsync("**/api/**", route => route.AbortAsync());
        await page.GetByLabel("Status").SelectOptionAsync("Open");
        await Expect(page.GetByText("No connection.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "That did not load" })).ToBeVisibleAsync();
        await page.UnrouteAllAsync();
        await Expect(page.GetByText("No connection.")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing found" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_server_error_is_said_in_words_with_its_trace()
    {
        var page = await fixture.OpenAsync("/account", await fixture.RequesterAsync());
        await page.RouteAsync("**/api/tickets?*", route => route.FulfillAsync(new()
        {
            Status = (int)HttpStatusCode.InternalServerError,
            ContentType = "application/problem+json",
            Body = """{"title":"Something went wrong","status":500,"detail":"x","traceId":"0123456789abcdef"}""",
        }));
        await page.GetByRole(AriaRole.Link, new() { Name = "My tickets" }).ClickAsync();
        await Expect(page.GetByText("For the log: 0123456789abcdef")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }
}
