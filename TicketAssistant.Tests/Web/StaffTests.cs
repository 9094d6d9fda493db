using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>Moderators and admins.</summary>
[Collection(WebTests.Name)]
public sealed class StaffTests(WebFixture fixture)
{
    [Fact]
    public async Task A_moderators_queue_begins_with_what_is_most_urgent_and_is_walked_by_keys()
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Mia Frontend", skill);
        var requester = await fixture.RequesterAsync();
        await AssignedAsync(requester, $"A question about {skill}", $"How do I use {skill}? No hurry at all.");
        await AssignedAsync(requester, $"{skill} is down for everybody", $"Urgent: {skill} is completely down in production for all customers, we are losing orders right now.");
        var page = await fixture.OpenAsync("/", moderator);

        var titles = page.Locator(".row-title");
        await Expect(titles).ToHaveTextAsync([$"{skill} is down for everybody", $"A question about {skill}"]);
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("k");
        await Expect(titles.First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"{skill} is down for everybody");
        await page.Keyboard.PressAsync("u");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("My queue");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_ticket_says_what_it_is_about_and_why_it_came_here()
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Mia Frontend", skill);
        var ticket = await AssignedAsync(await fixture.RequesterAsync(), $"{skill} is broken", $"Since noon {skill} does nothing at all.");
        var page = await fixture.OpenAsync($"/tickets/{ticket.GetProperty("id").GetString()}", moderator);

        await Expect(page.Locator(".assist")).ToContainTextAsync(ticket.GetProperty("summary").GetString()!);
        await Expect(page.Locator(".notes li").First).ToHaveTextAsync(ticket.GetProperty("helpfulNotes").GetString()!.Split('\n')[0]);
        var why = page.GetByRole(AriaRole.Region, new() { Name = "Why Mia Frontend" });
        await Expect(why).ToContainTextAsync(ticket.GetProperty("assignment").GetProperty("reason").GetString()!);
        await Expect(why.Locator(".tag.match")).ToHaveTextAsync([skill]);
        await why.GetByText("How it was read").ClickAsync();
        await Expect(why).ToContainTextAsync(ticket.GetProperty("triage").GetProperty("reason").GetString()!);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_away_switch_counts_at_once()
    {
        var moderator = await fixture.ModeratorAsync("Mia Frontend", fixture.NewSkill());
        var page = await fixture.OpenAsync("/queue", moderator);
        var away = page.GetByRole(AriaRole.Switch, new() { Name = "Away" });

        await away.ClickAsync();
        await Expect(page.GetByText("You are away: new tickets pass you by.").First).ToBeVisibleAsync();
        Assert.True((await moderator.MeAsync()).GetProperty("away").GetBoolean());
        await page.ReloadAsync();
        await Expect(away).ToBeCheckedAsync();
        await away.ClickAsync();
        await Expect(page.GetByText("Welcome back.")).ToBeVisibleAsync();
        Assert.False((await moderator.MeAsync()).GetProperty("away").GetBoolean());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_switch_that_could_not_be_set_goes_back_and_says_why()
    {
        var moderator = await fixture.ModeratorAsync("Mia Frontend", fixture.NewSkill());
        var page = await fixture.OpenAsync("/queue", moderator);
        await page.RouteAsync("**/api/auth/me", route => route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = "{}" }));
        await page.GetByRole(AriaRole.Switch, new() { Name = "Away" }).ClickAsync();
        await Expect(page.GetByText("The server is busy.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Switch, new() { Name = "Away" })).Not.ToBeCheckedAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_admin_finds_somebody_and_says_what_they_may_and_can()
    {
        var person = await fixture.RequesterAsync("Walter Wanted");
        var page = await fixture.OpenAsync("/people", fixture.Admin);
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(person.Email);
        await Expect(page.Locator(".people > li")).ToHaveCountAsync(1);

        await page.GetByRole(AriaRole.Button, new() { Name = "Edit Walter Wanted" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog, new() { Name = "Walter Wanted" });
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Moderator" }).CheckAsync(new() { Force = true });
        await dialog.GetByLabel("Skills").FillAsync("C++, Networks,");
        await dialog.GetByLabel("Skills").FillAsync(".NET");
        await page.Keyboard.PressAsync("Enter");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove Networks" }).ClickAsync();
        await dialog.GetByLabel("Open tickets at most").FillAsync("12");
        await dialog.GetByRole(AriaRole.Switch).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Edit Walter Wanted" })).ToBeFocusedAsync();
        var stored = Assert.Single(await fixture.Admin.Api.ListAllAsync($"/api/auth/users?q={person.Email}", "users"));
        Assert.Equal("moderator", stored.GetProperty("role").GetString());
        Assert.Equal(["C++", ".NET"], stored.GetProperty("skills").EnumerateArray().Select(skill => skill.GetString()));
        Assert.Equal(12, stored.GetProperty("capacity").GetInt32());
        Assert.True(stored.GetProperty("away").GetBoolean());
        await page.ReloadAsync();
        await Expect(page.Locator(".people > li")).ToContainTextAsync("Moderator");
        await Expect(page.Locator(".people .tag")).ToHaveTextAsync(["C++", ".NET"]);
        await Expect(page.Locator(".people > li")).ToContainTextAsync("0 of 12 open");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task People_are_filtered_by_role_and_a_bad_capacity_is_said_at_its_field()
    {
        var person = await fixture.RequesterAsync("Wanda Wanted");
        var page = await fixture.OpenAsync($"/people?q={person.Email}", fixture.Admin);
        await page.GetByRole(AriaRole.Radio, new() { Name = "Admins" }).CheckAsync(new() { Force = true });
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nobody found" })).ToBeVisibleAsync();
        Assert.EndsWith("&role=admin", page.Url, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Radio, new() { Name = "Everybody" }).CheckAsync(new() { Force = true });

        await page.GetByRole(AriaRole.Button, new() { Name = "Edit Wanda Wanted" }).ClickAsync();
        await page.GetByLabel("Open tickets at most").FillAsync("a few");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByLabel("Open tickets at most")).ToHaveAccessibleErrorMessageAsync("Enter a whole number from 0 to 1,000, or nothing.");
        await Expect(page.GetByLabel("Open tickets at most")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        Assert.Equal("user", (await person.MeAsync()).GetProperty("role").GetString());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_last_admin_stays_one_and_the_dialog_says_why()
    {
        var page = await fixture.OpenAsync($"/people?q={fixture.Admin.Email}", fixture.Admin);
        await page.Locator(".people .button").ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Radio, new() { Name = "Requester" }).CheckAsync(new() { Force = true });
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("This is the last admin. Make somebody else one first.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        Assert.Equal("admin", (await fixture.Admin.MeAsync()).GetProperty("role").GetString());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Shortcuts_are_listed_and_can_be_switched_off()
    {
        var page = await fixture.OpenAsync("/queue", await fixture.ModeratorAsync("Mia Frontend", fixture.NewSkill()));
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("t");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("All tickets");
        await page.Keyboard.PressAsync("?");
        var sheet = page.GetByRole(AriaRole.Dialog, new() { Name = "Keyboard shortcuts" });
        await Expect(sheet).ToContainTextAsync("New ticket");
        await sheet.GetByRole(AriaRole.Switch).ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.ReloadAsync();
        await page.Locator("main h1").WaitForAsync();
        await page.Keyboard.PressAsync("c");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("All tickets");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task All_tickets_are_ordered_and_saved_as_a_file()
    {
        var skill = fixture.NewSkill();
        await fixture.ModeratorAsync("Mia Frontend", skill);
        var requester = await fixture.RequesterAsync();
        await AssignedAsync(requester, $"{skill} first", $"How do I use {skill}? No hurry at all.");
        await AssignedAsync(requester, $"{skill} second", $"How do I use {skill}? No hurry at all.");
        var page = await fixture.OpenAsync($"/tickets?q={skill}", fixture.Admin);
        await Expect(page.Locator(".row-title")).ToHaveTextAsync([$"{skill} second", $"{skill} first"]);

        await page.GetByLabel("Order").SelectOptionAsync("Oldest first");
        await Expect(page.Locator(".row-title")).ToHaveTextAsync([$"{skill} first", $"{skill} second"]);
        Assert.EndsWith("&sort=age", page.Url, StringComparison.Ordinal);
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Export" }).ClickAsync());
        Assert.Equal("tickets.csv", file.SuggestedFilename);
        using var reader = new StreamReader(await file.CreateReadStreamAsync());
        var lines = (await reader.ReadToEndAsync()).Trim().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.Contains($"{skill} first", lines[1], StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_ticket_names_earlier_ones_that_look_like_it()
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Mia Frontend", skill);
        var requester = await fixture.RequesterAsync();
        await AssignedAsync(requester, $"The {skill} printer eats paper", $"Our {skill} printer eats every second page of paper since monday.");
        var later = await AssignedAsync(requester, $"The {skill} printer eats paper again", $"Our {skill} printer eats every second page of paper again.");
        var page = await fixture.OpenAsync($"/tickets/{later.GetProperty("id").GetString()}", moderator);
        await page.GetByRole(AriaRole.Region, new() { Name = "Looks like" }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync($"The {skill} printer eats paper");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_queue_shows_a_new_ticket_by_itself()
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Mia Frontend", skill);
        var page = await fixture.OpenAsync("/queue", moderator);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing to do" })).ToBeVisibleAsync();
        await AssignedAsync(await fixture.RequesterAsync(), $"{skill} is broken", $"Since noon {skill} does nothing.");
        await Expect(page.Locator(".row-title")).ToHaveTextAsync([$"{skill} is broken"], new() { Timeout = 15_000 });
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(119, "later", "due in 1 hr")]
    [InlineData(10, "soon", "due in 9 min")]
    [InlineData(-65, "over", "was due 1 hr ago")]
    public async Task A_queue_says_how_much_time_is_left(int minutes, string due, string words)
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Mia Frontend", skill);
        await AssignedAsync(await fixture.RequesterAsync(), $"{skill} is broken", $"Since noon {skill} does nothing.");
        var page = await fixture.OpenAsync("/account", moderator);
        await page.RouteAsync("**/api/tickets?*", async route =>
        {
            var reply = await route.FetchAsync();
            var list = JsonNode.Parse(await reply.TextAsync())!;
            foreach (var ticket in list["tickets"]!.AsArray()) ticket!["acknowledgeBy"] = DateTimeOffset.UtcNow.AddMinutes(minutes).ToString("O");
            await route.FulfillAsync(new() { Response = reply, Body = list.ToJsonString() });
        });
        await page.GetByRole(AriaRole.Link, new() { Name = "My queue" }).ClickAsync();
        await Expect(page.Locator(".deadline time")).ToHaveTextAsync(words);
        await Expect(page.Locator(".deadline time")).ToHaveAttributeAsync("data-due", due);
        await page.Context.CloseAsync();
    }

    private async Task<JsonElement> AssignedAsync(Person requester, string title, string description)
    {
        var id = await requester.PostAsync(title, description);
        return await fixture.Admin.Api.WaitForTicketAsync(id, ticket =>
            ticket.GetProperty("assignedTo").ValueKind == JsonValueKind.Object && ticket.GetProperty("triage").GetProperty("state").GetString() == "succeeded");
    }
}
