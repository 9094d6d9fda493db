using System.Text.Json;
using Microsoft.Playwright;
using TicketAssistant.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>Several tickets at once: each effect is read back by the API and after a reload, and nothing is lost silently.</summary>
[Collection(WebTests.Name)]
public sealed class BulkTests(WebFixture fixture)
{
    [Fact]
    public async Task All_that_are_shown_get_a_status_and_another_priority()
    {
        var (page, ids, _) = await ListAsync(3);
        var all = page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all that are shown" });

        await all.CheckAsync();
        await Expect(page.GetByText("3 selected")).ToBeVisibleAsync();
        await ChooseAsync(page, "Status", "In progress");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("All of them become: In progress.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change them" }).ClickAsync();
        await Expect(page.GetByText("3 tickets changed.")).ToBeVisibleAsync();
        await Expect(all).ToBeFocusedAsync();
        foreach (var id in ids) Assert.Equal("IN_PROGRESS", (await TicketAsync(id)).GetProperty("status").GetString());

        await all.CheckAsync();
        await ChooseAsync(page, "Priority", "Urgent");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change them" }).ClickAsync();
        await Expect(page.GetByText("3 tickets changed.")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.Locator(".rows .mark.pill")).ToHaveTextAsync(["In progress", "In progress", "In progress"]);
        foreach (var id in ids) Assert.Equal("urgent", (await TicketAsync(id)).GetProperty("priority").GetString());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Some_are_given_to_somebody_and_back()
    {
        var (page, ids, _) = await ListAsync(3);
        var other = await fixture.ModeratorAsync("Otto Other", fixture.NewSkill());

        await page.Locator(".rows input").Nth(0).CheckAsync();
        await page.Locator(".rows input").Nth(1).CheckAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Several at once" }).GetByRole(AriaRole.Button, new() { Name = "Assignee" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Who takes these 2 tickets?" });
        await dialog.GetByRole(AriaRole.Searchbox).FillAsync(other.Email);
        await Expect(dialog.Locator(".candidate")).ToHaveCountAsync(1);
        await Axe.IsCleanAsync(page, "who takes several");
        await dialog.Locator(".candidate").ClickAsync();
        await Expect(page.GetByText("2 tickets changed.")).ToBeVisibleAsync();
        // The newest first: the last two of them.
        foreach (var id in ids[1..]) Assert.Equal(other.Id, Assignee(await TicketAsync(id)));
        Assert.NotEqual(other.Id, Assignee(await TicketAsync(ids[0])));
        await page.ReloadAsync();
        await Expect(page.Locator(".rows .who").Filter(new() { HasText = "Otto Other" })).ToHaveCountAsync(2);

        await page.Locator(".rows input").Nth(0).CheckAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Several at once" }).GetByRole(AriaRole.Button, new() { Name = "Assignee" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Give it back to be handed out again" }).ClickAsync();
        await Expect(page.GetByText("1 ticket changed.")).ToBeVisibleAsync();
        // Handed out anew, to anybody but who has just had it.
        await fixture.Admin.Api.WaitForTicketAsync(ids[2], ticket => Assignee(ticket) is { } id && id != other.Id);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_somebody_else_has_changed_is_left_alone_said_and_can_be_tried_again()
    {
        var (page, ids, skill) = await ListAsync(3);
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all that are shown" }).CheckAsync();
        var isFirst = true;
        await page.RouteAsync($"**/api/tickets/{ids[1]}", async route =>
        {
            if (route.Request.Method == "PATCH" && isFirst)
            {
                // Somebody else is faster by a hair.
                isFirst = false;
                var version = (await TicketAsync(ids[1])).GetProperty("version").GetInt64();
                await fixture.Admin.Api.SendAsync(HttpMethod.Patch, $"/api/tickets/{ids[1]}", new { version, type = "security" });
            }

            await route.ContinueAsync();
        });

        await ChooseAsync(page, "Priority", "Urgent");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change them" }).ClickAsync();
        var report = page.Locator(".bulk .alert");
        await Expect(report).ToContainTextAsync("2 tickets changed. 1 could not be changed and is still selected:");
        await Expect(report.Locator("li")).ToHaveTextAsync([$"{skill} two: Not saved: somebody changed this meanwhile. Type: Security"]);
        await Expect(report.Locator("p")).ToBeFocusedAsync();
        await Expect(page.Locator(".rows input:checked")).ToHaveCountAsync(1);
        await Axe.IsCleanAsync(page, "a partial failure");
        Assert.Equal("security", (await TicketAsync(ids[1])).GetProperty("type").GetString());
        Assert.NotEqual("urgent", (await TicketAsync(ids[1])).GetProperty("priority").GetString());

        await report.GetByRole(AriaRole.Button, new() { Name = "Try these again" }).ClickAsync();
        await Expect(page.GetByText("1 ticket changed.")).ToBeVisibleAsync();
        foreach (var id in ids) Assert.Equal("urgent", (await TicketAsync(id)).GetProperty("priority").GetString());
        await Expect(page.Locator(".rows input:checked")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Progress_is_shown_a_busy_server_is_waited_for_and_stopping_leaves_the_rest_selected()
    {
        var (page, ids, _) = await ListAsync(6);
        var hold = new TaskCompletionSource();
        var refused = 0;
        await page.RouteAsync("**/api/tickets/*", async route =>
        {
            if (route.Request.Method != "PATCH")
            {
                await route.ContinueAsync();
            }
            else if (Interlocked.Increment(ref refused) == 1)
            {
                await route.FulfillAsync(new() { Status = 429, Headers = new Dictionary<string, string> { ["Retry-After"] = "1" }, ContentType = "application/problem+json", Body = "{}" });
            }
            else
            {
                await hold.Task;
                await route.ContinueAsync();
            }
        });
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all that are shown" }).CheckAsync();
        await ChooseAsync(page, "Priority", "High");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change them" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Progressbar, new() { Name = "Progress" })).ToBeVisibleAsync();
        await Expect(page.GetByText("0 of 6")).ToBeVisibleAsync();
        await Axe.IsCleanAsync(page, "progress");
        // Four are under way, one of them waiting for the server; two have not begun.
        await page.GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        hold.SetResult();
        await Expect(page.GetByText("4 tickets changed. 2 were not begun and are still selected.")).ToBeVisibleAsync();
        await Expect(page.Locator(".rows input:checked")).ToHaveCountAsync(2);
        var high = 0;
        foreach (var id in ids)
            if ((await TicketAsync(id)).GetProperty("priority").GetString() == "high") high++;
        Assert.Equal(4, high);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_range_is_selected_by_keys_alone_and_changed()
    {
        var (page, ids, _) = await ListAsync(4);
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await Expect(page.Locator(".rows input").First).ToBeCheckedAsync();
        await page.Keyboard.PressAsync("x");
        await Expect(page.Locator(".rows input").First).Not.ToBeCheckedAsync();

        await page.Locator(".rows input").Nth(1).FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Locator(".rows input").Nth(3).FocusAsync();
        await page.Keyboard.PressAsync("Shift+Space");
        await Expect(page.GetByText("3 selected")).ToBeVisibleAsync();
        await page.Locator(".bulk").GetByRole(AriaRole.Button, new() { Name = "Status" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Change them" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("3 tickets changed.")).ToBeVisibleAsync();
        foreach (var id in ids[..3]) Assert.Equal("DONE", (await TicketAsync(id)).GetProperty("status").GetString());
        Assert.NotEqual("DONE", (await TicketAsync(ids[3])).GetProperty("status").GetString());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Selecting_none_and_thinking_again_change_nothing_and_moderators_cannot_select()
    {
        var (page, ids, skill) = await ListAsync(2);
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "Select all that are shown" }).CheckAsync();
        await ChooseAsync(page, "Status", "Solved");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(page.Locator(".bulk").GetByRole(AriaRole.Button, new() { Name = "Status" })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Select none" }).ClickAsync();
        await Expect(page.Locator(".rows input:checked")).ToHaveCountAsync(0);
        foreach (var id in ids) Assert.Equal("TODO", (await TicketAsync(id)).GetProperty("status").GetString());

        var theirs = await fixture.OpenAsync($"/tickets?q={skill}", await fixture.ModeratorAsync("Mia Frontend", fixture.NewSkill()));
        await Expect(theirs.Locator(".row-title")).ToHaveCountAsync(2);
        await Expect(theirs.Locator(".rows input, .bulk")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
        await theirs.Context.CloseAsync();
    }

    private static async Task ChooseAsync(IPage page, string menu, string choice)
    {
        var bulk = page.Locator(".bulk");
        await bulk.GetByRole(AriaRole.Button, new() { Name = menu }).ClickAsync();
        await bulk.GetByRole(AriaRole.Button, new() { Name = choice }).ClickAsync();
    }

    private static Guid? Assignee(JsonElement ticket) =>
        ticket.GetProperty("assignedTo") is { ValueKind: JsonValueKind.Object } person ? person.GetProperty("id").GetGuid() : null;

    private async Task<JsonElement> TicketAsync(string id) => (await fixture.Admin.Api.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket");

    /// <summary>So many tickets that a moderator has, in the admin's list of all, the newest first.</summary>
    private async Task<(IPage Page, List<string> Ids, string Skill)> ListAsync(int count)
    {
        string[] names = ["one", "two", "three", "four", "five", "six"];
        var skill = fixture.NewSkill();
        await fixture.ModeratorAsync("Mia Frontend", skill);
        var requester = await fixture.RequesterAsync();
        var ids = new List<string>();
        foreach (var name in names[..count]) ids.Add(await requester.PostAsync($"{skill} {name}", $"How do I use {skill}? No hurry at all."));
        foreach (var id in ids)
            await fixture.Admin.Api.WaitForTicketAsync(id, ticket => Assignee(ticket) is not null && ticket.GetProperty("triage").GetProperty("state").GetString() == "succeeded");
        var page = await fixture.OpenAsync($"/tickets?q={skill}", fixture.Admin);
        await Expect(page.Locator(".row-title")).ToHaveCountAsync(count);
        return (page, ids, skill);
    }
}
