using System.Net;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>Small things to press that no journey passes, and paper, where nothing can be pressed.</summary>
[Collection(WebTests.Name)]
public sealed class ControlsTests(WebFixture fixture)
{
    [Fact]
    public async Task Each_filter_narrows_the_list_and_is_in_the_address()
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Mia Frontend", skill);
        var requester = await fixture.RequesterAsync();
        var mine = await PostAsync(requester, $"{skill} is broken", $"Since noon {skill} does nothing.");
        var version = (await moderator.Api.GetAsync($"/api/tickets/{mine}")).Json.GetProperty("ticket").GetProperty("version").GetInt64();
        await moderator.Api.SendAsync(HttpMethod.Patch, $"/api/tickets/{mine}", new { version, status = "WAITING", priority = "urgent", type = "billing" });
        await PostAsync(requester, $"How does {skill} work?", $"No hurry. How do I use {skill}?");
        var page = await fixture.OpenAsync($"/tickets?q={skill}", moderator);
        var titles = page.Locator(".row-title");

        foreach (var (label, chosen, query, found) in new[]
        {
            ("Status", "Waiting", "status=WAITING", 1), ("Priority", "Urgent", "priority=urgent", 1), ("Type", "Billing", "type=billing", 1),
            ("Assignee", "Mine", "assignee=me", 2), ("Assignee", "Nobody yet", "assignee=none", 0), ("Triage", "Analysed offline", "triage=fallback", 0),
        })
        {
            await page.GetByLabel(label).SelectOptionAsync(chosen);
            await Expect(titles).ToHaveCountAsync(found);
            Assert.Contains(query, page.Url, StringComparison.Ordinal);
            await page.ReloadAsync();
            await page.Locator("main h1").WaitForAsync();
            await Expect(page.GetByLabel(label).Locator("option:checked")).ToHaveTextAsync(chosen);
            await Expect(titles).ToHaveCountAsync(found);
            var listed = await moderator.Api.ListAllAsync($"/api/tickets?q={skill}&{query}{(label == "Assignee" ? "" : "&assignee=all")}", "tickets");
            Assert.Equal(found, listed.Count);
            await page.GetByLabel(label).SelectOptionAsync("");
            await Expect(titles).ToHaveCountAsync(2);
        }

        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Who_does_not_sign_in_again_leaves_and_is_signed_out()
    {
        var person = await fixture.RequesterAsync();
        var page = await fixture.OpenAsync("/tickets", person);
        await person.Api.PostAsync("/api/auth/logout");
        await page.GetByLabel("Status").SelectOptionAsync("Open");
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave instead" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        Assert.Null(await page.EvaluateAsync<string?>("sessionStorage.getItem('session')"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Api.GetAsync("/api/auth/me")).Status);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Dialogs_messages_and_menus_close_and_give_the_focus_back()
    {
        var moderator = await fixture.ModeratorAsync("Mia Frontend", fixture.NewSkill());
        var page = await fixture.OpenAsync("/account", moderator);
        var me = page.Locator(".me");
        await me.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keyboard shortcuts" }).ClickAsync();
        var sheet = page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(sheet).ToHaveCountAsync(0);
        await me.ClickAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Escape");
        await Expect(me).ToBeFocusedAsync();
        await Expect(me).ToHaveAttributeAsync("aria-expanded", "false");

        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Mia Renamed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToContainTextAsync("Saved.");
        await page.Locator(".toast").GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToHaveCountAsync(0);
        Assert.Equal("Mia Renamed", (await moderator.MeAsync()).GetProperty("name").GetString());

        var password = page.GetByLabel("New password");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).Last.ClickAsync();
        await Expect(password).ToHaveAttributeAsync("type", "text");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hide" }).ClickAsync();
        await Expect(password).ToHaveAttributeAsync("type", "password");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Keys_take_a_ticket_answer_it_and_note_something()
    {
        var moderator = await fixture.ModeratorAsync("Mia Frontend", fixture.NewSkill());
        var requester = await fixture.RequesterAsync();
        // Nobody can do this, so an admin has it: they may give it back.
        var id = await PostAsync(requester, "Something nobody knows", "zzz zzz");
        var version = (await fixture.Admin.Api.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket").GetProperty("version").GetInt64();
        await fixture.Admin.Api.SendAsync(HttpMethod.Patch, $"/api/tickets/{id}", new { version, assignedTo = moderator.Id });
        var page = await fixture.OpenAsync($"/tickets/{id}", fixture.Admin);
        await page.Keyboard.PressAsync("t");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take it" })).ToHaveCountAsync(0);
        await fixture.Admin.Api.WaitForTicketAsync(id, ticket => ticket.GetProperty("assignedTo").GetProperty("id").GetGuid() == fixture.Admin.Id);

        await page.Keyboard.PressAsync("n");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Internal note" })).ToBeFocusedAsync();
        await page.Locator("h1").ClickAsync();
        await page.EvaluateAsync("document.activeElement.blur()");
        await page.Keyboard.PressAsync("r");
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Reply" })).ToBeFocusedAsync();
        await page.ReloadAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync(fixture.Admin.Name);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task On_paper_a_ticket_has_its_text_and_exact_times_and_nothing_to_press()
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Mia Frontend", skill);
        var id = await PostAsync(await fixture.RequesterAsync(), $"{skill} is broken", $"Since noon {skill} does nothing.");
        var page = await fixture.OpenAsync($"/tickets/{id}", moderator, new BrowserNewContextOptions { ColorScheme = ColorScheme.Dark });
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Expect(page.Locator("h1")).ToBeVisibleAsync();
        await Expect(page.Locator(".said .user-text").First).ToHaveTextAsync($"Since noon {skill} does nothing.");
        foreach (var control in await page.Locator("button, textarea, .bar, .crumb").AllAsync()) await Expect(control).ToBeHiddenAsync();
        Assert.Equal("rgb(255, 255, 255)", await page.Locator("html").EvaluateAsync<string>("html => getComputedStyle(html).backgroundColor"));
        var time = page.Locator(".said time").First;
        Assert.Equal($"\"{await time.GetAttributeAsync("title")}\"", await time.EvaluateAsync<string>("time => getComputedStyle(time, '::after').content"));
        await page.Context.CloseAsync();
    }

    private async Task<string> PostAsync(Person requester, string title, string description)
    {
        var id = await requester.PostAsync(title, description);
        await fixture.Admin.Api.WaitForTicketAsync(id, ticket => ticket.TryGetProperty("assignment", out _));
        return id;
    }
}
