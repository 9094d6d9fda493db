using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>What changes is seen at once, in every tab, over one stream for the whole browser.</summary>
[Collection(WebTests.Name)]
public sealed class LiveTests(WebFixture fixture)
{
    [Fact]
    public async Task In_two_browsers_the_requester_sees_the_answer_arrive_and_the_moderator_the_next_one()
    {
        var (requester, moderator, id) = await TicketAsync();
        var theirs = await fixture.OpenAsync($"/tickets/{id}", requester);
        var ours = await fixture.OpenAsync($"/tickets/{id}", moderator);

        await ours.GetByLabel("Reply").FillAsync("We are on it.");
        await ours.Keyboard.PressAsync("Control+Enter");
        var arrived = theirs.Locator(".said").Filter(new() { HasText = "We are on it." });
        await Expect(arrived.Locator(".badge")).ToHaveTextAsync("New");
        await Expect(theirs.Locator("#announcer")).ToHaveTextAsync("New answer from \u2068Mia Frontend\u2069");

        await theirs.GetByLabel("Reply").FillAsync("Thank you!");
        await theirs.GetByRole(AriaRole.Button, new() { Name = "Send reply" }).ClickAsync();
        await Expect(ours.Locator(".said").Filter(new() { HasText = "Thank you!" }).Locator(".badge")).ToHaveTextAsync("New");
        await CloseAsync(theirs, ours);
    }

    [Fact]
    public async Task All_tabs_share_one_stream_and_when_its_tab_is_closed_another_goes_on_where_it_was()
    {
        var (requester, moderator, id) = await TicketAsync();
        var context = await fixture.BrowserAsync();
        var streams = new List<IRequest>();
        var asked = 0;
        context.Request += (_, request) =>
        {
            if (request.Url.EndsWith("/api/events", StringComparison.Ordinal)) streams.Add(request);
            else if (request.Url.EndsWith($"/api/tickets/{id}", StringComparison.Ordinal)) asked++;
        };
        var first = await context.NewPageAsync();
        await first.GotoAsync("/sign-in");
        await SessionTests.SignInAsync(first, requester.Email);
        var second = await context.NewPageAsync();
        await second.GotoAsync($"/tickets/{id}");
        await Expect(second.Locator(".said")).ToHaveCountAsync(1);
        Assert.Single(streams);

        await AnswerAsync(moderator, id, "One");
        await Expect(second.Locator(".said")).ToHaveCountAsync(2);
        await first.CloseAsync();
        // Said while nobody reads, or as soon as the other tab does: nothing falls in between.
        await AnswerAsync(moderator, id, "Two");
        await Expect(second.Locator(".said")).ToHaveCountAsync(3);
        Assert.Equal(2, streams.Count);
        Assert.NotNull(await streams[1].HeaderValueAsync("last-event-id"));
        Assert.StartsWith("Bearer ", await streams[1].HeaderValueAsync("authorization"), StringComparison.Ordinal);

        // And nobody asks while nothing happens.
        await Task.Delay(300);
        var before = asked;
        await Task.Delay(4500);
        Assert.Equal(before, asked);
        await context.CloseAsync();
    }

    [Fact]
    public async Task Without_the_stream_the_page_asks_instead()
    {
        var (requester, moderator, id) = await TicketAsync();
        var context = await fixture.BrowserAsync();
        await context.RouteAsync("**/api/events", route => route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = "{}" }));
        var page = await context.NewPageAsync();
        await page.GotoAsync($"/sign-in?next=/tickets/{id}");
        await SessionTests.SignInAsync(page, requester.Email);
        await Expect(page.Locator(".said")).ToHaveCountAsync(1);
        await AnswerAsync(moderator, id, "We are on it.");
        await Expect(page.Locator(".said")).ToHaveCountAsync(2, new() { Timeout = 10_000 });
        await context.CloseAsync();
    }

    [Fact]
    public async Task A_list_changes_in_place_and_offers_what_is_new()
    {
        var (requester, moderator, id) = await TicketAsync();
        var page = await fixture.OpenAsync("/tickets", requester);
        var row = page.Locator($"[data-id='{id}']");
        await Expect(row.Locator(".mark.pill")).ToHaveTextAsync("Open");
        await row.GetByRole(AriaRole.Link).FocusAsync();

        var version = (await moderator.Api.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket").GetProperty("version").GetInt64();
        await moderator.Api.SendAsync(HttpMethod.Patch, $"/api/tickets/{id}", new { version, status = "IN_PROGRESS" });
        await Expect(row.Locator(".mark.pill")).ToHaveTextAsync("In progress");
        await Expect(row.GetByRole(AriaRole.Link)).ToBeFocusedAsync();

        await requester.PostAsync("Written elsewhere", "On the phone, say.");
        await Expect(page.Locator(".row-title")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show 1 new ticket" }).ClickAsync();
        await Expect(page.Locator(".row-title")).ToHaveCountAsync(2);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Written elsewhere" })).ToBeFocusedAsync();
        await CloseAsync(page);
    }

    [Fact]
    public async Task An_empty_list_fills_by_itself()
    {
        var requester = await fixture.RequesterAsync();
        var page = await fixture.OpenAsync("/tickets", requester);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No tickets yet" })).ToBeVisibleAsync();
        await requester.PostAsync("Written elsewhere", "On the phone, say.");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Written elsewhere" })).ToBeVisibleAsync();
        await CloseAsync(page);
    }

    [Fact]
    public async Task What_somebody_has_opened_and_half_written_stays_when_something_arrives()
    {
        var (requester, moderator, id) = await TicketAsync();
        var page = await fixture.OpenAsync($"/tickets/{id}", moderator);
        await page.Locator(".happened summary").First.ClickAsync();
        await page.GetByLabel("Reply").FillAsync("Half an ans");
        await AnswerAsync(requester, id, "One thing more.");
        await Expect(page.GetByText("One thing more.")).ToBeVisibleAsync();
        await Expect(page.Locator(".happened details[open]")).ToHaveCountAsync(1);
        await Expect(page.GetByLabel("Reply")).ToHaveValueAsync("Half an ans");
        await Expect(page.GetByLabel("Reply")).ToBeFocusedAsync();
        await CloseAsync(page);
    }

    [Fact]
    public async Task Signed_in_again_in_one_tab_the_others_go_on_as_well()
    {
        var requester = await fixture.RequesterAsync();
        var context = await fixture.BrowserAsync();
        var first = await context.NewPageAsync();
        await first.GotoAsync("/sign-in");
        await SessionTests.SignInAsync(first, requester.Email);
        var second = await context.NewPageAsync();
        await second.GotoAsync("/account");
        await second.Locator("main h1").WaitForAsync();
        await requester.Api.PostAsync("/api/auth/logout");
        await (await fixture.LogInAsync(requester.Email, WebFixture.Password)).Api.PostAsync("/api/auth/logout");

        foreach (var tab in (IPage[])[first, second])
        {
            await tab.BringToFrontAsync();
            await tab.GetByRole(AriaRole.Link, new() { Name = tab == first ? "New ticket" : "My tickets" }).First.ClickAsync();
        }

        var dialog = second.GetByRole(AriaRole.Dialog, new() { Name = "Please sign in again" });
        await dialog.GetByLabel("Password", new() { Exact = true }).FillAsync(WebFixture.Password);
        await second.Keyboard.PressAsync("Enter");
        foreach (var tab in (IPage[])[first, second])
        {
            await Expect(tab.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
            await Expect(tab.Locator(".me")).ToBeVisibleAsync();
        }

        await context.CloseAsync();
    }

    private static async Task AnswerAsync(Person person, string id, string body) =>
        await person.Api.PostAsync($"/api/tickets/{id}/comments", new { body });

    private static async Task CloseAsync(params IPage[] pages)
    {
        foreach (var page in pages) await page.Context.CloseAsync();
    }

    private async Task<(Person Requester, Person Moderator, string Id)> TicketAsync()
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Mia Frontend", skill);
        var requester = await fixture.RequesterAsync();
        var id = await requester.PostAsync($"{skill} is broken", $"Since noon {skill} does nothing at all.");
        await fixture.Admin.Api.WaitForTicketAsync(id, ticket => ticket.TryGetProperty("assignment", out _));
        return (requester, moderator, id);
    }
}
