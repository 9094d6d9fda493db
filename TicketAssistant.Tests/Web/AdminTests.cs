using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>What admins do: their way through all their pages in each guise and by keys, people's data, mails that failed.</summary>
[Collection(WebTests.Name)]
public sealed class AdminTests(WebFixture fixture)
{
    private static readonly Dictionary<string, BrowserNewContextOptions> Guises = new()
    {
        ["light"] = new() { ViewportSize = new() { Width = 1280, Height = 900 } },
        ["dark"] = new() { ViewportSize = new() { Width = 1280, Height = 900 }, ColorScheme = ColorScheme.Dark },
        ["phone"] = new() { ViewportSize = new() { Width = 320, Height = 640 } },
    };

    public static TheoryData<string> GuiseNames => [.. Guises.Keys];

    /// <summary>From the list of all tickets to statistics, triage, people and the system: something is done on each.</summary>
    [Theory]
    [MemberData(nameof(GuiseNames))]
    public async Task An_admins_day(string guise)
    {
        var isPhone = guise.Contains("phone", StringComparison.Ordinal);
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Mona Moderator", skill);
        var id = await (await fixture.RequesterAsync()).PostAsync($"{skill} is broken", $"Since noon {skill} does nothing at all.");
        await fixture.Admin.Api.WaitForTicketAsync(id, ticket => ticket.GetProperty("assignedTo").ValueKind == JsonValueKind.Object && ticket.GetProperty("triage").GetProperty("state").GetString() == "succeeded");
        var page = await fixture.OpenAsync($"/tickets?q={skill}", fixture.Admin, new BrowserNewContextOptions(Guises[guise]));

        await page.Locator(".rows input").CheckAsync();
        await Axe.IsCleanAsync(page, $"a selection ({guise})");
        await page.Locator(".bulk").GetByRole(AriaRole.Button, new() { Name = "Priority" }).ClickAsync();
        await Axe.IsCleanAsync(page, $"what several can become ({guise})");
        await page.Locator(".bulk").GetByRole(AriaRole.Button, new() { Name = "Urgent" }).ClickAsync();
        await Expect(page.GetByText("1 ticket changed.")).ToBeVisibleAsync();

        await GoAsync(page, "Statistics", isPhone);
        await page.Locator(".picture svg").First.WaitForAsync();
        foreach (var table in await page.Locator(".figure summary").AllAsync()) await table.ClickAsync();
        await Axe.IsCleanAsync(page, $"statistics ({guise})");

        await GoAsync(page, "Triage", isPhone);
        await Axe.IsCleanAsync(page, $"triage ({guise})");

        await GoAsync(page, "People", false);
        await page.GetByRole(AriaRole.Searchbox).FillAsync(moderator.Email);
        await Expect(page.Locator(".people > li")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit Mona Moderator" }).ClickAsync();
        await page.GetByLabel("Open tickets at most").FillAsync("7");
        await Axe.IsCleanAsync(page, $"a person ({guise})");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".people > li")).ToContainTextAsync("1 of 7 open");

        await GoAsync(page, "System", isPhone);
        await Axe.IsCleanAsync(page, $"system ({guise})");
        Assert.Equal("urgent", (await fixture.Admin.Api.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket").GetProperty("priority").GetString());
        Assert.Equal(7, (await moderator.MeAsync()).GetProperty("capacity").GetInt32());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_admins_day_by_keys_alone()
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Karl Keys", skill);
        var id = await (await fixture.RequesterAsync()).PostAsync($"{skill} is broken", $"Since noon {skill} does nothing at all.");
        await fixture.Admin.Api.WaitForTicketAsync(id, ticket => ticket.GetProperty("assignedTo").ValueKind == JsonValueKind.Object && ticket.GetProperty("triage").GetProperty("state").GetString() == "succeeded");
        var page = await fixture.OpenAsync($"/tickets?q={skill}", fixture.Admin);

        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("x");
        await TabToAsync(page, page.Locator(".bulk").GetByRole(AriaRole.Button, new() { Name = "Status" }), back: true);
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("1 ticket changed.")).ToBeVisibleAsync();
        Assert.Equal("IN_PROGRESS", (await fixture.Admin.Api.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket").GetProperty("status").GetString());

        await KeysAsync(page, "gn", "Statistics");
        await TabToAsync(page, page.Locator("[data-figure=volume] summary"));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-figure=volume] table")).ToBeVisibleAsync();
        await KeysAsync(page, "gr", "Triage");
        await KeysAsync(page, "gp", "People");
        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync(moderator.Email);
        await Expect(page.Locator(".people > li")).ToHaveCountAsync(1);
        await TabToAsync(page, page.GetByRole(AriaRole.Button, new() { Name = "Edit Karl Keys" }));
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, page.GetByLabel("Open tickets at most"));
        await page.Keyboard.TypeAsync("3");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".people > li")).ToContainTextAsync("1 of 3 open");
        await KeysAsync(page, "gs", "System");
        Assert.Equal(3, (await moderator.MeAsync()).GetProperty("capacity").GetInt32());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_pattern_with_a_grade_is_kept_as_it_was_written_and_a_bad_one_is_explained()
    {
        var moderator = await fixture.ModeratorAsync("Paula Pattern", fixture.NewSkill());
        var page = await fixture.OpenAsync($"/people?q={moderator.Email}", fixture.Admin);
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit Paula Pattern" }).ClickAsync();
        var skills = page.GetByLabel("Skills");
        await skills.FillAsync("/^(sap|abap){1,2}/:4");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("Grade of /^(sap|abap){1,2}/")).ToHaveValueAsync("4");
        await skills.FillAsync("/(?<=x)y/");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("look-around");

        await page.GetByRole(AriaRole.Button, new() { Name = "Remove /(?<=x)y/" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".people .tag.pattern")).ToContainTextAsync("/^(sap|abap){1,2}/");
        await page.ReloadAsync();
        await Expect(page.Locator(".people .tag.pattern")).ToContainTextAsync("/^(sap|abap){1,2}/");
        Assert.Equal("/^(sap|abap){1,2}/:4", (await moderator.MeAsync()).GetProperty("skills").EnumerateArray().Last().GetString());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_admin_says_until_when_somebody_is_away()
    {
        var moderator = await fixture.ModeratorAsync("Urs Until", fixture.NewSkill());
        var page = await fixture.OpenAsync($"/people?q={moderator.Email}", fixture.Admin);
        var edit = page.GetByRole(AriaRole.Button, new() { Name = "Edit Urs Until" });
        var day = DateTime.Today.AddDays(9).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await edit.ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Switch).ClickAsync();
        await page.GetByLabel("Back after (optional)").FillAsync(day);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".people .badge.away")).ToHaveTextAsync("Away");
        Assert.StartsWith(day, (await moderator.MeAsync()).GetProperty("awayUntil").GetDateTimeOffset().ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal);

        await page.ReloadAsync();
        await edit.ClickAsync();
        await Expect(page.GetByLabel("Back after (optional)")).ToHaveValueAsync(day);
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Switch).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator(".people .badge.away")).ToHaveCountAsync(0);
        Assert.False((await moderator.MeAsync()).GetProperty("away").GetBoolean());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Long_lists_of_people_and_mails_go_on_where_they_ended()
    {
        var word = fixture.NewSkill();
        var people = new List<Person>();
        for (var i = 0; i < 51; i++) people.Add(await fixture.RequesterAsync($"Many {word}"));
        var page = await fixture.OpenAsync($"/people?q={word}", fixture.Admin);
        await Expect(page.Locator(".people > li")).ToHaveCountAsync(50);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync();
        await Expect(page.Locator(".people > li")).ToHaveCountAsync(51);
        await Expect(page.Locator(".people > li").Last.GetByRole(AriaRole.Button)).ToBeFocusedAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Show more" })).ToHaveCountAsync(0);

        var ledger = fixture.App.Services.GetRequiredService<IMailLedger>();
        foreach (var person in people)
        {
            var key = new MailKey(Guid.Empty, MailKind.Welcome, person.Id, 3);
            await ledger.CloseAsync(key, MessageId.For(key, "tickets.local"), DateTimeOffset.UtcNow, MailClosure.Failed, "550 no such mailbox", CancellationToken.None);
        }

        await page.GotoAsync("/system");
        await Expect(page.Locator(".mails > li")).ToHaveCountAsync(25);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync();
        await Expect(page.Locator(".mails > li")).ToHaveCountAsync(50);
        await Expect(page.Locator(".mails > li").Nth(25).GetByRole(AriaRole.Button)).ToBeFocusedAsync();
        await page.Context.CloseAsync();
        foreach (var person in people) await fixture.Admin.Api.PostAsync($"/api/mails/{new MailKey(Guid.Empty, MailKind.Welcome, person.Id, 3).Id}/retry");
    }

    [Fact]
    public async Task Skills_of_the_team_are_offered_while_one_writes()
    {
        var skill = fixture.NewSkill();
        await fixture.ModeratorAsync("Mia Frontend", $"{skill}:5");
        var person = await fixture.RequesterAsync("Nora New");
        var page = await fixture.OpenAsync($"/people?q={person.Email}", fixture.Admin);
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit Nora New" }).ClickAsync();
        Assert.Contains(skill, await page.Locator("dialog datalist option").EvaluateAllAsync<string[]>("options => options.map((option) => option.value)"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_kept_about_somebody_is_saved_as_a_file()
    {
        var person = await fixture.RequesterAsync("Erna Export");
        await person.PostAsync("My ticket", "Mine alone.");
        var page = await fixture.OpenAsync($"/people?q={person.Email}", fixture.Admin);
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit Erna Export" }).ClickAsync();
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download their data" }).ClickAsync());
        using var json = await JsonDocument.ParseAsync(await file.CreateReadStreamAsync());
        Assert.Equal(person.Email, json.RootElement.GetProperty("user").GetProperty("email").GetString());
        Assert.Equal("My ticket", json.RootElement.GetProperty("tickets")[0].GetProperty("ticket").GetProperty("title").GetString());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Somebody_is_erased_only_when_closed_and_only_by_entering_their_address()
    {
        var person = await fixture.RequesterAsync("Egon Erased");
        var id = await person.PostAsync("A private matter", "Nobody else shall read this.");
        var page = await fixture.OpenAsync($"/people?q={person.Email}", fixture.Admin);
        var edit = page.GetByRole(AriaRole.Button, new() { Name = "Edit Egon Erased" });
        await edit.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Erase their data" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Close account" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog, new() { Name = "Close the account of Egon Erased?" }).GetByRole(AriaRole.Button, new() { Name = "Close account" }).ClickAsync();
        await Expect(page.Locator(".person-name .badge.away")).ToHaveTextAsync("Closed");

        await edit.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase their data" }).ClickAsync();
        var question = page.GetByRole(AriaRole.Dialog, new() { Name = "Erase the data of Egon Erased?" });
        await question.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(question).ToHaveCountAsync(0);
        Assert.Single(await fixture.Admin.Api.ListAllAsync($"/api/auth/users?q={person.Email}", "users"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase their data" }).ClickAsync();
        await question.GetByRole(AriaRole.Textbox).FillAsync("somebody@example.com");
        await question.GetByRole(AriaRole.Button, new() { Name = "Erase their data" }).ClickAsync();
        await Expect(question.GetByRole(AriaRole.Textbox)).ToHaveAccessibleErrorMessageAsync($"This is not {person.Email}.");
        await Axe.IsCleanAsync(page, "erase");
        await question.GetByRole(AriaRole.Textbox).FillAsync(person.Email);
        await question.GetByRole(AriaRole.Button, new() { Name = "Erase their data" }).ClickAsync();

        await Expect(page.GetByText("Their data are erased.")).ToBeVisibleAsync();
        await Expect(page.Locator(".people .person-name")).ToContainTextAsync("[erased]");
        Assert.Empty(await fixture.Admin.Api.ListAllAsync($"/api/auth/users?q={person.Email}", "users"));
        await fixture.Admin.Api.WaitForTicketAsync(id, ticket => ticket.GetProperty("title").GetString() == "[erased]");
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nobody found" })).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_mail_that_failed_is_sent_again_and_then_is_sent()
    {
        var person = await fixture.RequesterAsync("Fanny Failed");
        var key = new MailKey(Guid.Empty, MailKind.Welcome, person.Id, 2);
        await fixture.App.Services.GetRequiredService<IMailLedger>().CloseAsync(
            key, MessageId.For(key, "tickets.local"), DateTimeOffset.UtcNow, MailClosure.Failed, "550 no such mailbox", CancellationToken.None);
        var page = await fixture.OpenAsync("/system", fixture.Admin);
        var mail = page.Locator(".mails > li").Filter(new() { HasText = person.Email });
        await Expect(mail).ToContainTextAsync("550 no such mailbox");

        await mail.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await Expect(page.GetByText("The mail is on its way again.")).ToBeVisibleAsync();
        await Expect(mail).ToBeFocusedAsync();
        // What becomes of it is said in its row, without asking again.
        await Expect(mail.Locator("[data-state=sent]")).ToHaveTextAsync("Sent");
        await Expect(mail).Not.ToContainTextAsync("550 no such mailbox");
        Assert.Equal("sent", (await fixture.Admin.Api.GetAsync($"/api/mails/{key.Id}")).Json.GetProperty("mail").GetProperty("state").GetString());
        await page.ReloadAsync();
        await page.Locator("main h1").WaitForAsync();
        await Expect(mail).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Radio, new() { Name = "Sent" }).CheckAsync(new() { Force = true });
        await Expect(mail.First).ToContainTextAsync("Welcome");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_system_page_leads_to_what_the_server_says_it_has_and_the_runs_are_there()
    {
        var page = await fixture.OpenAsync("/system", fixture.Admin);
        var runs = await page.GetByRole(AriaRole.Link, new() { Name = "Runs" }).GetAttributeAsync("href");
        var links = (await fixture.Admin.Api.GetAsync("/api/health/ready")).Json.GetProperty("links");
        Assert.Equal(links.GetProperty("runs").GetString(), runs);
        Assert.Equal(HttpStatusCode.OK, (await fixture.Admin.Api.GetAsync(runs!)).Status);

        await page.RouteAsync("**/api/health/ready", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"status":"ready","store":"ok","durable":"ok","mail":"ok","model":"offline","links":{}}""" }));
        await page.ReloadAsync();
        await page.Locator("main h1").WaitForAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Runs" })).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    /// <summary>By the navigation, or on a phone by the account menu.</summary>
    private static async Task GoAsync(IPage page, string place, bool byMenu)
    {
        if (byMenu) await page.Locator(".me").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = place, Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(place);
    }

    private static async Task KeysAsync(IPage page, string keys, string heading)
    {
        foreach (var key in keys) await page.Keyboard.PressAsync(key.ToString());
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(heading);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
    }

    private static async Task TabToAsync(IPage page, ILocator target, bool back = false)
    {
        for (var i = 0; i < 40; i++)
        {
            if (await target.EvaluateAsync<bool>("(element) => element === document.activeElement")) return;
            await page.Keyboard.PressAsync(back ? "Shift+Tab" : "Tab");
        }

        Assert.Fail("Forty tabs did not lead there.");
    }
}
