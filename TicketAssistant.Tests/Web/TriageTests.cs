using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>The triage page: the mode, what waits for a person, and what is analysed again.</summary>
[Collection(WebTests.Name)]
public sealed class TriageTests(WebFixture fixture, SupervisedApp supervised) : IClassFixture<SupervisedApp>
{
    [Fact]
    public async Task A_proposal_is_confirmed_from_the_list()
    {
        var id = await supervised.ProposeAsync("Kafka lags: confirm");
        var page = await OpenAsync(supervised.Moderator);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Mode" })).ToContainTextAsync("An analysis that is less than 50% sure waits 45 minutes for a person.");
        var row = Row(page, "confirm", "Kafka lags: confirm");
        await Expect(row).ToContainTextAsync("Proposed: Bug, High 20% sure");
        // It is no ticket that nobody fits: it waits for a word first.
        await Expect(Row(page, "nobody", "Kafka lags: confirm")).ToHaveCountAsync(0);
        await Axe.IsCleanAsync(page, "triage");

        await row.GetByRole(AriaRole.Button, new() { Name = "Confirm: Kafka lags: confirm" }).ClickAsync();
        await Expect(page.GetByText("Confirmed: Kafka lags: confirm")).ToBeVisibleAsync();
        await Expect(row).ToHaveCountAsync(0);
        var ticket = await supervised.Admin.Api.WaitForTicketAsync(id, t => SupervisedApp.StateOf(t) == "succeeded" && Assignee(t) == supervised.Moderator.Id);
        Assert.Equal(supervised.Moderator.Id, ticket.GetProperty("triage").GetProperty("confirmation").GetProperty("by").GetProperty("id").GetGuid());
        await page.ReloadAsync();
        await Expect(page.GetByText("No proposal waits.")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_proposal_is_corrected_and_given_to_somebody()
    {
        var id = await supervised.ProposeAsync("Kafka lags: correct");
        var page = await OpenAsync(supervised.Admin);
        await Row(page, "confirm", "Kafka lags: correct").GetByRole(AriaRole.Button, new() { Name = "Correct: Kafka lags: correct" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Correct the proposal" });
        await Axe.IsCleanAsync(page, "correct the proposal");
        await dialog.GetByLabel("Type").SelectOptionAsync("Billing");
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Low" }).CheckAsync(new() { Force = true });
        await dialog.GetByLabel("Skills").FillAsync("Invoices");
        await dialog.GetByLabel("Assignee").SelectOptionAsync(new SelectOptionValue { Value = supervised.Admin.Id.ToString() });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Go ahead like this" }).ClickAsync();

        await Expect(page.GetByText("Corrected: Kafka lags: correct")).ToBeVisibleAsync();
        await Expect(Row(page, "confirm", "Kafka lags: correct")).ToHaveCountAsync(0);
        var ticket = await supervised.Admin.Api.WaitForTicketAsync(id, t => Assignee(t) == supervised.Admin.Id);
        Assert.Equal(("billing", "low", "human"), (Text(ticket, "type"), Text(ticket, "priority"), Text(ticket.GetProperty("triage"), "source")));
        Assert.Equal(["Kafka", "Invoices"], ticket.GetProperty("relatedSkills").EnumerateArray().Select(skill => skill.GetString()));
        await page.ReloadAsync();
        await Expect(Row(page, "confirm", "Kafka lags: correct")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_word_that_comes_too_late_brings_the_ticket_back_and_says_why()
    {
        var id = await supervised.ProposeAsync("Kafka lags: late");
        var page = await OpenAsync(supervised.Moderator);
        await page.RouteAsync($"**/api/tickets/{id}/triage/confirm", async route =>
        {
            // Somebody else is faster by a hair.
            Assert.Equal(HttpStatusCode.OK, (await supervised.Admin.Api.PostAsync($"/api/tickets/{id}/triage/confirm", new { priority = "low" })).Status);
            await route.ContinueAsync();
        });
        await Row(page, "confirm", "Kafka lags: late").GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Expect(page.GetByText("This does not wait any more: somebody settled it, or its time was up.")).ToBeVisibleAsync();
        await Expect(Row(page, "confirm", "Kafka lags: late")).ToHaveCountAsync(0);
        Assert.Equal("low", Text((await supervised.Admin.Api.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket"), "priority"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_was_analysed_offline_is_analysed_again_by_one_button_for_admins()
    {
        var id = await supervised.FallBackAsync("Kafka is down: offline");
        var theirs = await OpenAsync(supervised.Moderator);
        await Row(theirs, "fallback", "Kafka is down: offline").WaitForAsync();
        await Expect(theirs.GetByRole(AriaRole.Button, new() { Name = "Analyse again with the model" })).ToHaveCountAsync(0);
        await theirs.Context.CloseAsync();

        var page = await OpenAsync(supervised.Admin);
        await Row(page, "fallback", "Kafka is down: offline").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Analyse again with the model" }).ClickAsync();
        await Expect(page.GetByText("1 ticket is being analysed again.")).ToBeVisibleAsync();
        await supervised.Admin.Api.WaitForTicketAsync(id, ticket => SupervisedApp.StateOf(ticket) == "succeeded" && Text(ticket.GetProperty("triage"), "source") == "gemini");
        await Expect(Row(page, "fallback", "Kafka is down: offline")).ToHaveCountAsync(0, new() { Timeout = 20_000 });
        await page.ReloadAsync();
        await Expect(page.GetByText("No open ticket had to do without the model.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Analyse again with the model" }).ClickAsync();
        await Expect(page.GetByText("There is nothing to analyse again.")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_waits_for_somebody_says_why_and_is_taken_in_one_click()
    {
        var skill = fixture.NewSkill();
        var away = await fixture.ModeratorAsync("Amy Away", skill);
        await fixture.Admin.Api.PostAsync("/api/auth/update-user", new { email = away.Email, away = true });
        var id = await (await fixture.RequesterAsync()).PostAsync($"{skill} is broken", $"Since noon {skill} does nothing at all.");
        await fixture.Admin.Api.WaitForTicketAsync(id, ticket => ticket.TryGetProperty("assignment", out var assignment) && assignment.ValueKind == JsonValueKind.Object);
        var page = await fixture.OpenAsync("/triage", fixture.Admin);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Mode" })).ToContainTextAsync("Decides by itself");

        var row = Row(page, "nobody", $"{skill} is broken");
        await Expect(row).ToContainTextAsync("1 moderator fits, all away or at capacity");
        await row.GetByRole(AriaRole.Button, new() { Name = $"Take it: {skill} is broken" }).ClickAsync();
        await Expect(page.GetByText($"It is yours: {skill} is broken")).ToBeVisibleAsync();
        await Expect(row).ToHaveCountAsync(0);
        Assert.Equal(fixture.Admin.Id, Assignee((await fixture.Admin.Api.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket")));
        await page.ReloadAsync();
        await page.Locator("main h1").WaitForAsync();
        await Expect(row).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_new_proposal_appears_by_itself()
    {
        var page = await OpenAsync(supervised.Moderator);
        await supervised.ProposeAsync("Kafka lags: appears");
        await Expect(Row(page, "confirm", "Kafka lags: appears")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await page.Keyboard.PressAsync("Tab");
        await Row(page, "confirm", "Kafka lags: appears").GetByRole(AriaRole.Button, new() { Name = "Confirm" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Confirmed: Kafka lags: appears")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private Task<IPage> OpenAsync(Person person) =>
        fixture.OpenAsync("/triage", person, new BrowserNewContextOptions { BaseURL = supervised.App.BaseAddress.ToString() });

    private static ILocator Row(IPage page, string list, string title) => page.Locator($"[data-list={list}] li").Filter(new() { HasText = title });

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static Guid? Assignee(JsonElement ticket) =>
        ticket.GetProperty("assignedTo") is { ValueKind: JsonValueKind.Object } person ? person.GetProperty("id").GetGuid() : null;
}
