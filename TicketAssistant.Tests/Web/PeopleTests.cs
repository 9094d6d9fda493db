using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>What people say about themselves, and admins about them and the app.</summary>
[Collection(WebTests.Name)]
public sealed class PeopleTests(WebFixture fixture)
{
    [Fact]
    public async Task Who_has_not_confirmed_their_address_is_told_and_may_ask_again()
    {
        var person = await fixture.RequesterAsync();
        var page = await fixture.OpenAsync("/tickets", person);
        await Expect(page.GetByText($"Please confirm {person.Email}")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the mail again" }).ClickAsync();
        await Expect(page.GetByText("The last mail is only just out")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Mails_are_chosen()
    {
        var person = await fixture.RequesterAsync();
        var page = await fixture.OpenAsync("/account", person);
        foreach (var (name, value) in new[] { ("None", "none"), ("About mine", "mine"), ("All", "all"), ("None", "none") })
        {
            await page.GetByRole(AriaRole.Radio, new() { Name = name, Exact = true }).CheckAsync(new() { Force = true });
            await UntilAsync(person, me => me.GetProperty("mails").GetString() == value);
        }

        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Radio, new() { Name = "None" })).ToBeCheckedAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Who_is_away_says_until_when()
    {
        var moderator = await fixture.ModeratorAsync("Mia Frontend", fixture.NewSkill());
        var page = await fixture.OpenAsync("/account", moderator);
        var main = page.GetByRole(AriaRole.Main);
        await main.GetByRole(AriaRole.Switch, new() { Name = "Away" }).ClickAsync();
        var day = DateTime.Today.AddDays(7).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        await main.GetByLabel("Back after (optional)").FillAsync(day);
        await UntilAsync(moderator, me => me.GetProperty("awayUntil").ValueKind == JsonValueKind.String);
        await page.ReloadAsync();
        await Expect(main.GetByLabel("Back after (optional)")).ToHaveValueAsync(day);
        await main.GetByRole(AriaRole.Switch, new() { Name = "Away" }).ClickAsync();
        await UntilAsync(moderator, me => !me.GetProperty("away").GetBoolean());
        await Expect(main.GetByLabel("Back after (optional)")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_account_is_closed_after_a_question_and_opened_again()
    {
        var person = await fixture.RequesterAsync("Clara Closed");
        var page = await fixture.OpenAsync($"/people?q={person.Email}", fixture.Admin);
        var edit = page.GetByRole(AriaRole.Button, new() { Name = "Edit Clara Closed" });

        await edit.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close account" }).ClickAsync();
        var question = page.GetByRole(AriaRole.Dialog, new() { Name = "Close the account of Clara Closed?" });
        await question.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        Assert.True((await person.MeAsync()).GetProperty("active").GetBoolean());
        await page.GetByRole(AriaRole.Button, new() { Name = "Close account" }).ClickAsync();
        await question.GetByRole(AriaRole.Button, new() { Name = "Close account" }).ClickAsync();
        await Expect(page.Locator(".person-name .badge.away")).ToHaveTextAsync("Closed");
        Assert.Equal(HttpStatusCode.Unauthorized, (await person.Api.GetAsync("/api/auth/me")).Status);

        await page.ReloadAsync();
        await Expect(page.Locator(".person-name .badge.away")).ToHaveTextAsync("Closed");
        await edit.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Open account again" }).ClickAsync();
        await Expect(page.Locator(".person-name .badge.away")).ToHaveCountAsync(0);
        await fixture.LogInAsync(person.Email, WebFixture.Password);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Many_people_are_shown_page_by_page()
    {
        var name = $"Paged {Guid.NewGuid():N}";
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 51), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (_, _) => await fixture.RequesterAsync(name));
        var page = await fixture.OpenAsync($"/people?q={name}", fixture.Admin);
        await Expect(page.Locator(".people > li")).ToHaveCountAsync(50);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync();
        await Expect(page.Locator(".people > li")).ToHaveCountAsync(51);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Show more" })).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Skills_are_graded()
    {
        var moderator = await fixture.ModeratorAsync("Gina Graded", "Kubernetes", "Docker:2");
        var page = await fixture.OpenAsync($"/people?q={moderator.Email}", fixture.Admin);
        await page.GetByRole(AriaRole.Button, new() { Name = "Edit Gina Graded" }).ClickAsync();
        await Expect(page.GetByLabel("Grade of Docker")).ToHaveValueAsync("2");
        await page.GetByLabel("Grade of Kubernetes").SelectOptionAsync("5");
        await page.GetByLabel("Grade of Docker").SelectOptionAsync("");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await UntilAsync(moderator, me => me.GetProperty("skills").EnumerateArray().Select(skill => skill.GetString()).SequenceEqual(["Kubernetes:5", "Docker"]));
        await page.ReloadAsync();
        await Expect(page.Locator(".people .tag")).ToHaveTextAsync(["Kubernetesgrade5", "Docker"]);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_system_page_says_how_the_app_is_and_lists_mails_by_what_became_of_them()
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Mia Frontend", skill);
        await (await fixture.RequesterAsync()).PostAsync($"{skill} is broken", $"Please repair {skill}.");
        for (var i = 0; i < 200 && !await WasMailedAsync(moderator.Email); i++) await Task.Delay(50);
        var page = await fixture.OpenAsync("/system", fixture.Admin);

        await Expect(page.Locator(".health [data-health=ok]")).ToHaveCountAsync(3);
        await Expect(page.GetByText("No mail has failed.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Sent" }).CheckAsync(new() { Force = true });
        await Expect(page.Locator(".mails > li").Filter(new() { HasText = moderator.Email }).Filter(new() { HasText = "Assigned" })).ToHaveCountAsync(1);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Runs" })).ToHaveAttributeAsync("href", "/runtime/runs/");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Mailbox" })).ToHaveAttributeAsync("href", "/dev/mail");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_failed_mail_is_sent_again()
    {
        const string id = "assigned.0193a5c1.1";
        var mail = $$"""{"id":"{{id}}","kind":"assigned","recipient":"{{Guid.NewGuid()}}","email":"mia@example.com","state":"failed","attempts":5,"owedAt":"2026-01-01T00:00:00Z","sentAt":null,"reason":"550 no such mailbox"}""";
        var asked = new List<string>();
        var page = await fixture.OpenAsync("/people", fixture.Admin);
        await page.RouteAsync("**/api/mails?*", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = route.Request.Url.Contains("cursor=more", StringComparison.Ordinal)
                ? $$"""{"mails":[{{mail.Replace("550 no such mailbox", "552 mailbox full", StringComparison.Ordinal)}}],"next":null}"""
                : $$"""{"mails":[{{mail}}],"next":"more"}""",
        }));
        await page.RouteAsync("**/api/mails/*/retry", route =>
        {
            asked.Add(new Uri(route.Request.Url).AbsolutePath);
            return route.FulfillAsync(new() { Status = 202, ContentType = "application/json", Body = $$"""{"mail":{{mail.Replace("\"failed\"", "\"owed\"", StringComparison.Ordinal)}}}""" });
        });
        // It fails once more, after a while.
        var looks = 0;
        await page.RouteAsync($"**/api/mails/{id}", route => route.FulfillAsync(new()
        {
            ContentType = "application/json",
            Body = ++looks == 1 ? $$"""{"mail":{{mail.Replace("\"failed\"", "\"owed\"", StringComparison.Ordinal)}}}""" : $$"""{"mail":{{mail.Replace("550 no such mailbox", "554 still none", StringComparison.Ordinal)}}}""",
        }));
        await page.GetByRole(AriaRole.Link, new() { Name = "System" }).ClickAsync();
        await Expect(page.GetByText("550 no such mailbox")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync();
        await Expect(page.GetByText("552 mailbox full")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Show more" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).First.ClickAsync();
        await Expect(page.GetByText("The mail is on its way again.")).ToBeVisibleAsync();
        await Expect(page.GetByText("On its way", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send again" })).ToHaveCountAsync(1);
        await Expect(page.GetByText("Failed again")).ToBeVisibleAsync();
        await Expect(page.GetByText("554 still none")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send again" })).ToHaveCountAsync(2);
        Assert.Equal(2, looks);
        Assert.Equal([$"/api/mails/{id}/retry"], asked);
        await page.Context.CloseAsync();
    }

    private async Task<bool> WasMailedAsync(string email) =>
        (await fixture.Admin.Api.ListAllAsync("/api/mails?state=sent", "mails")).Exists(mail => mail.GetProperty("email").GetString() == email && mail.GetProperty("kind").GetString() == "assigned");

    private static async Task UntilAsync(Person person, Func<JsonElement, bool> done)
    {
        for (var i = 0; i < 200 && !done(await person.MeAsync()); i++) await Task.Delay(50);
        Assert.True(done(await person.MeAsync()), (await person.MeAsync()).GetRawText());
    }
}
