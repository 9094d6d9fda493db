using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>A ticket's page at work: each button's effect is read back by the API and after a reload.</summary>
[Collection(WebTests.Name)]
public sealed class TicketWorkTests(WebFixture fixture)
{
    [Fact]
    public async Task The_requester_sees_the_reply_arrive_and_never_the_note()
    {
        var (requester, moderator, id) = await TicketAsync();
        var theirs = await fixture.OpenAsync($"/tickets/{id}", requester);
        var ours = await fixture.OpenAsync($"/tickets/{id}", moderator);

        await ours.Keyboard.PressAsync("n");
        await ours.Keyboard.TypeAsync("Looks like last month's fault.");
        await ours.Keyboard.PressAsync("Control+Enter");
        await Expect(ours.Locator(".said.internal")).ToContainTextAsync("Looks like last month's fault.");
        await ours.Keyboard.PressAsync("Escape");
        await ours.Locator("h1").FocusAsync();
        await ours.Keyboard.PressAsync("r");
        await ours.Keyboard.TypeAsync("We are on it.");
        await ours.GetByRole(AriaRole.Button, new() { Name = "Send reply" }).ClickAsync();

        await Expect(theirs.GetByText("We are on it.")).ToBeVisibleAsync();
        Assert.DoesNotContain("last month", await theirs.ContentAsync(), StringComparison.Ordinal);
        await theirs.GetByLabel("Reply").FillAsync("Thank you!");
        await theirs.Keyboard.PressAsync("Control+Enter");
        await Expect(ours.GetByText("Thank you!")).ToBeVisibleAsync();

        Assert.Equal(
            ["Looks like last month's fault.", "We are on it.", "Thank you!"],
            (await CommentsAsync(moderator, id)).Select(comment => comment.GetProperty("body").GetString()));
        Assert.Equal(2, (await CommentsAsync(requester, id)).Count);
        await ours.ReloadAsync();
        await Expect(ours.Locator(".said")).ToHaveCountAsync(4);
        await CloseAsync(theirs, ours);
    }

    [Fact]
    public async Task Status_and_priority_change_in_one_click()
    {
        var (_, moderator, id) = await TicketAsync();
        var page = await fixture.OpenAsync($"/tickets/{id}", moderator);
        var status = page.GetByRole(AriaRole.Group, new() { Name = "Status" });
        var priority = page.GetByRole(AriaRole.Group, new() { Name = "Priority" });

        foreach (var (group, name, field, value) in new[]
        {
            (status, "In progress", "status", "IN_PROGRESS"), (status, "Waiting", "status", "WAITING"), (status, "Solved", "status", "DONE"),
            (status, "Open", "status", "TODO"), (priority, "Urgent", "priority", "urgent"), (priority, "Low", "priority", "low"),
            (priority, "High", "priority", "high"), (priority, "Medium", "priority", "medium"),
        })
        {
            await group.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
            await Expect(group.Locator("[aria-pressed=true]")).ToHaveTextAsync(name);
            await moderator.Api.WaitForTicketAsync(id, ticket => ticket.GetProperty(field).GetString() == value);
            await Expect(page.Locator(".happened").Filter(new() { HasText = $"to \u2068{name}\u2069" }).First).ToBeVisibleAsync();
        }

        await page.ReloadAsync();
        await Expect(priority.Locator("[aria-pressed=true]")).ToHaveTextAsync("Medium");
        await Expect(status.Locator("[aria-pressed=true]")).ToHaveTextAsync("Open");
        await CloseAsync(page);
    }

    [Fact]
    public async Task Type_and_skills_are_corrected()
    {
        var (_, moderator, id) = await TicketAsync();
        var page = await fixture.OpenAsync($"/tickets/{id}", moderator);
        await page.GetByLabel("Type").SelectOptionAsync("Security");
        await moderator.Api.WaitForTicketAsync(id, ticket => ticket.GetProperty("type").GetString() == "security");
        await Expect(page.Locator(".happened").Filter(new() { HasText = "Security" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Edit skills" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Skills").FillAsync("Phishing");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".facts .tag").Last).ToHaveTextAsync("Phishing");
        await moderator.Api.WaitForTicketAsync(id, ticket => ticket.GetProperty("relatedSkills").EnumerateArray().Last().GetString() == "Phishing");
        await page.ReloadAsync();
        await Expect(page.Locator(".facts .tag").Last).ToHaveTextAsync("Phishing");
        await Expect(page.GetByLabel("Type")).ToHaveValueAsync("security");
        await CloseAsync(page);
    }

    [Fact]
    public async Task A_ticket_is_given_to_somebody_else_given_back_and_taken()
    {
        var (_, moderator, id) = await TicketAsync();
        var skill = (await moderator.MeAsync()).GetProperty("skills")[0].GetString()!;
        var other = await fixture.ModeratorAsync("Otto Other", skill);
        var page = await fixture.OpenAsync($"/tickets/{id}", moderator);

        await page.Keyboard.PressAsync("a");
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Who takes it?" });
        await Expect(dialog.Locator(".candidate").First).ToContainTextAsync("Otto Other");
        await Expect(dialog.Locator(".candidate").Nth(1)).ToBeDisabledAsync();
        await Axe.IsCleanAsync(page, "who takes it");
        await dialog.Locator(".candidate").First.ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("Otto Other");
        await moderator.Api.WaitForTicketAsync(id, ticket => Assignee(ticket) == other.Id);
        // No longer theirs: nothing to press.
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Reassign" })).ToHaveCountAsync(0);

        await fixture.Admin.Api.PostAsync("/api/auth/update-user", new { email = moderator.Email, away = true });
        await fixture.Admin.Api.PostAsync("/api/auth/update-user", new { email = other.Email, away = true });
        var theirs = await fixture.OpenAsync($"/tickets/{id}", other);
        await theirs.GetByRole(AriaRole.Button, new() { Name = "Reassign" }).ClickAsync();
        await theirs.GetByRole(AriaRole.Button, new() { Name = "Give it back to be handed out again" }).ClickAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("Nobody yet");
        await moderator.Api.WaitForTicketAsync(id, ticket => Assignee(ticket) is null);

        await page.GetByRole(AriaRole.Button, new() { Name = "Take it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Reassign" })).ToBeVisibleAsync();
        await moderator.Api.WaitForTicketAsync(id, ticket => Assignee(ticket) == moderator.Id);
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Reassign" })).ToBeVisibleAsync();
        await CloseAsync(page, theirs);
    }

    [Fact]
    public async Task The_requester_closes_and_reopens_a_ticket_and_can_change_nothing_else()
    {
        var (requester, _, id) = await TicketAsync();
        var page = await fixture.OpenAsync($"/tickets/{id}", requester);
        await Expect(page.Locator(".picker, .facts select, .assist")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Mark as solved" }).ClickAsync();
        await requester.Api.WaitForTicketAsync(id, ticket => ticket.GetProperty("status").GetString() == "DONE");
        await page.ReloadAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open again" }).ClickAsync();
        await requester.Api.WaitForTicketAsync(id, ticket => ticket.GetProperty("status").GetString() == "TODO");
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Mark as solved" })).ToBeVisibleAsync();
        await CloseAsync(page);
    }

    [Theory]
    [InlineData(true, "This helped")]
    [InlineData(false, "This did not help")]
    public async Task Staff_says_whether_the_analysis_helped_and_why(bool helpful, string name)
    {
        var (_, moderator, id) = await TicketAsync();
        var page = await fixture.OpenAsync($"/tickets/{id}", moderator);
        await page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        await page.GetByLabel("Why? (optional)").FillAsync("The first check was the right one.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Say so" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = name })).ToHaveAttributeAsync("aria-pressed", "true");
        var feedback = (await moderator.Api.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket").GetProperty("feedback");
        Assert.Equal((helpful, "The first check was the right one."), (feedback.GetProperty("helpful").GetBoolean(), feedback.GetProperty("reason").GetString()));
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = name })).ToHaveAttributeAsync("aria-pressed", "true");
        await CloseAsync(page);
    }

    [Fact]
    public async Task A_change_that_comes_too_late_goes_back_and_says_what_somebody_else_did()
    {
        var (_, moderator, id) = await TicketAsync();
        var page = await fixture.OpenAsync($"/tickets/{id}", moderator);
        // Nothing new is seen from here on, until the change is sent.
        var stopped = true;
        await page.RouteAsync($"**/api/tickets/{id}", route =>
        {
            if (route.Request.Method == "PATCH") stopped = false;
            return stopped ? route.FulfillAsync(new() { Status = 503 }) : route.ContinueAsync();
        });
        var version = (await moderator.Api.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket").GetProperty("version").GetInt64();
        await fixture.Admin.Api.SendAsync(HttpMethod.Patch, $"/api/tickets/{id}", new { version, priority = "urgent" });

        await page.GetByRole(AriaRole.Button, new() { Name = "Waiting" }).ClickAsync();
        await Expect(page.GetByText("Not saved: somebody changed this meanwhile. Priority: Urgent")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Status" }).Locator("[aria-pressed=true]")).ToHaveTextAsync("Open");
        await Expect(page.GetByRole(AriaRole.Group, new() { Name = "Priority" }).Locator("[aria-pressed=true]")).ToHaveTextAsync("Urgent");
        await CloseAsync(page);
    }

    [Fact]
    public async Task A_half_written_note_outlives_a_reload_as_a_note()
    {
        var (_, moderator, id) = await TicketAsync();
        var page = await fixture.OpenAsync($"/tickets/{id}", moderator);
        await page.GetByRole(AriaRole.Button, new() { Name = "Internal note" }).ClickAsync();
        await page.GetByLabel("Internal note").FillAsync("Not for the requ");
        await page.WaitForTimeoutAsync(400);
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Internal note" })).ToHaveValueAsync("Not for the requ");
        Assert.Empty(await CommentsAsync(moderator, id));
        await CloseAsync(page);
    }

    private static Guid? Assignee(JsonElement ticket) =>
        ticket.GetProperty("assignedTo") is { ValueKind: JsonValueKind.Object } person ? person.GetProperty("id").GetGuid() : null;

    private static async Task<List<JsonElement>> CommentsAsync(Person person, string id) =>
        [.. (await person.Api.ListAllAsync($"/api/tickets/{id}/timeline", "entries")).Where(entry => entry.GetProperty("kind").GetString() == "comment")];

    private static async Task CloseAsync(params IPage[] pages)
    {
        foreach (var page in pages) await page.Context.CloseAsync();
    }

    /// <summary>A ticket that a moderator has.</summary>
    private async Task<(Person Requester, Person Moderator, string Id)> TicketAsync()
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Mia Frontend", skill);
        var requester = await fixture.RequesterAsync();
        var id = await requester.PostAsync($"{skill} is broken", $"Since noon {skill} does nothing at all.");
        await fixture.Admin.Api.WaitForTicketAsync(id, ticket => Assignee(ticket) == moderator.Id && ticket.GetProperty("triage").GetProperty("state").GetString() == "succeeded");
        return (requester, moderator, id);
    }
}
