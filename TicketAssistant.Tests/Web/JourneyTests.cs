using System.Net;
using System.Text.Json;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>What requesters and moderators come for, from beginning to end, however they look at it and whatever they press it with.</summary>
[Collection(WebTests.Name)]
public sealed class JourneyTests(WebFixture fixture)
{
    private static readonly Dictionary<string, (HandKind Hand, BrowserNewContextOptions Options)> Guises = new()
    {
        ["light"] = (HandKind.Mouse, new() { ViewportSize = new() { Width = 1440, Height = 900 } }),
        ["dark"] = (HandKind.Mouse, new() { ViewportSize = new() { Width = 1280, Height = 800 }, ColorScheme = ColorScheme.Dark }),
        ["phone"] = (HandKind.Finger, new() { ViewportSize = new() { Width = 360, Height = 740 }, HasTouch = true, IsMobile = true }),
        ["keyboard"] = (HandKind.Keyboard, new() { ViewportSize = new() { Width = 1280, Height = 800 }, ReducedMotion = ReducedMotion.Reduce }),
    };

    public static TheoryData<string> GuiseNames => [.. Guises.Keys];

    [Theory]
    [MemberData(nameof(GuiseNames))]
    public async Task A_requester_signs_up_writes_answers_closes_and_opens_again(string guise)
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Mia Frontend", skill);
        var email = $"{Guid.NewGuid():N}@example.com";
        var page = await OpenAsync("/sign-up", guise);
        var hand = new Hand(page, Guises[guise].Hand);
        await hand.WriteAsync(page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }), "Rita Requester");
        await hand.WriteAsync(page.GetByLabel("E-mail address"), email);
        await hand.WriteAsync(page.GetByLabel("Password", new() { Exact = true }), WebFixture.Password);
        await hand.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Create account" }));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "No tickets yet" })).ToBeVisibleAsync();
        var requester = await fixture.LogInAsync(email, WebFixture.Password);

        await hand.PressAsync(page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = "New ticket" }));
        await hand.WriteAsync(page.GetByLabel("What is it about?"), $"{skill} is broken");
        await hand.WriteAsync(page.GetByLabel("What happened?"), $"Since noon {skill} does nothing.");
        await hand.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Send ticket" }));
        await Expect(page.Locator(".step[data-state=done]")).ToHaveCountAsync(4);
        await Expect(page.Locator(".step[data-step=assigned]")).ToContainTextAsync(moderator.Name);
        await IsCleanAsync(page, guise, "a ticket on its way");
        var id = Assert.Single(await requester.Api.ListAllAsync("/api/tickets", "tickets")).GetProperty("id").GetString()!;

        await hand.WriteAsync(page.GetByLabel("Reply"), "It is Safari 17.");
        await hand.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Send reply" }));
        await Expect(page.Locator(".said")).ToHaveCountAsync(2);
        await hand.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Mark as solved" }));
        await requester.Api.WaitForTicketAsync(id, ticket => ticket.GetProperty("status").GetString() == "DONE");
        await page.ReloadAsync();
        await Expect(page.Locator(".said").Last).ToContainTextAsync("It is Safari 17.");
        await hand.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Open again" }));
        await requester.Api.WaitForTicketAsync(id, ticket => ticket.GetProperty("status").GetString() == "TODO");
        Assert.Equal("It is Safari 17.", Comments(await requester.Api.ListAllAsync($"/api/tickets/{id}/timeline", "entries")).Single());

        await hand.PressAsync(page.Locator("a.crumb"));
        if (guise == "phone") await hand.PressAsync(page.GetByText("Filters"));
        await hand.ChooseAsync(page.GetByLabel("Status"), "Solved");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing found" })).ToBeVisibleAsync();
        await hand.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Clear all filters" }));
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = $"{skill} is broken" })).ToBeVisibleAsync();
        await IsCleanAsync(page, guise, "a list");

        await SignOutAsync(page, hand);
        for (var i = 0; i < 100 && (await requester.Api.GetAsync("/api/auth/me")).Status != HttpStatusCode.Unauthorized; i++) await Task.Delay(20);
        Assert.Equal(HttpStatusCode.Unauthorized, (await requester.Api.GetAsync("/api/auth/me")).Status);
        await page.Context.CloseAsync();
    }

    [Theory]
    [MemberData(nameof(GuiseNames))]
    public async Task A_moderator_works_a_ticket_from_the_queue_to_its_end(string guise)
    {
        var skill = fixture.NewSkill();
        var moderator = await fixture.ModeratorAsync("Mia Frontend", skill);
        var other = await fixture.ModeratorAsync("Otto Other", skill);
        await fixture.Admin.Api.PostAsync("/api/auth/update-user", new { email = other.Email, away = true });
        var requester = await fixture.RequesterAsync();
        var id = await requester.PostAsync($"{skill} is broken", $"Since noon {skill} does nothing at all.");
        await fixture.Admin.Api.WaitForTicketAsync(id, ticket => ticket.TryGetProperty("assignment", out _));
        var page = await OpenAsync("/sign-in", guise);
        var hand = new Hand(page, Guises[guise].Hand);
        await hand.WriteAsync(page.GetByLabel("E-mail address"), moderator.Email);
        await hand.WriteAsync(page.GetByLabel("Password", new() { Exact = true }), WebFixture.Password);
        await hand.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }));

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "My queue" })).ToBeVisibleAsync();
        await IsCleanAsync(page, guise, "a queue");
        await hand.PressAsync(page.GetByRole(AriaRole.Link, new() { Name = $"{skill} is broken" }));
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Why Mia Frontend" }).Locator(".tag.match")).ToHaveTextAsync([skill]);
        await hand.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "This helped" }));
        await hand.WriteAsync(page.GetByLabel("Why? (optional)"), "Right at once.");
        await hand.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Say so" }));
        await hand.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Internal note" }));
        await hand.WriteAsync(page.GetByRole(AriaRole.Textbox, new() { Name = "Internal note" }), "As last month.");
        await hand.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Keep note" }));
        await Expect(page.Locator(".said.internal")).ToHaveCountAsync(1);
        await hand.PressAsync(page.GetByRole(AriaRole.Group, new() { Name = "Who reads it" }).GetByRole(AriaRole.Button, new() { Name = "Reply" }));
        await hand.WriteAsync(page.GetByRole(AriaRole.Textbox, new() { Name = "Reply" }), "We are on it.");
        await hand.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Send reply" }));
        await Expect(page.Locator(".said")).ToHaveCountAsync(3);
        await hand.PressAsync(page.GetByRole(AriaRole.Group, new() { Name = "Status" }).GetByRole(AriaRole.Button, new() { Name = "In progress" }));
        await Expect(page.Locator(".ticket-line")).ToContainTextAsync("In progress");
        await hand.PressAsync(page.GetByRole(AriaRole.Group, new() { Name = "Priority" }).GetByRole(AriaRole.Button, new() { Name = "Urgent" }));
        await Expect(page.Locator(".ticket-line")).ToContainTextAsync("Urgent");
        await moderator.Api.WaitForTicketAsync(id, ticket => (ticket.GetProperty("status").GetString(), ticket.GetProperty("priority").GetString()) == ("IN_PROGRESS", "urgent"));
        await IsCleanAsync(page, guise, "a ticket at work");

        await hand.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Reassign" }));
        await IsCleanAsync(page, guise, "who takes it");
        await hand.PressAsync(page.Locator(".candidate").Filter(new() { HasText = "Otto Other" }));
        var given = await moderator.Api.WaitForTicketAsync(id, ticket => ticket.GetProperty("assignedTo").GetProperty("email").GetString() == other.Email);
        Assert.Equal((true, "Right at once."), (given.GetProperty("feedback").GetProperty("helpful").GetBoolean(), given.GetProperty("feedback").GetProperty("reason").GetString()));
        Assert.Equal(["As last month.", "We are on it."], Comments(await moderator.Api.ListAllAsync($"/api/tickets/{id}/timeline", "entries")));
        await page.ReloadAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("Otto Other");

        if (guise == "phone") await hand.PressAsync(page.Locator(".me"));
        await hand.PressAsync(page.GetByRole(AriaRole.Switch, new() { Name = "Away" }));
        await Expect(page.GetByText("You are away: new tickets pass you by.").First).ToBeVisibleAsync();
        Assert.True((await moderator.MeAsync()).GetProperty("away").GetBoolean());
        await hand.PressAsync(page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "All tickets" }));
        await hand.WriteAsync(page.GetByRole(AriaRole.Searchbox), skill);
        await Expect(page.Locator(".row-title")).ToHaveTextAsync([$"{skill} is broken"]);
        await SignOutAsync(page, hand);
        await page.Context.CloseAsync();
    }

    private Task<IPage> OpenAsync(string path, string guise) => fixture.OpenAsync(path, null, new BrowserNewContextOptions(Guises[guise].Options));

    /// <summary>Axe looks once at each look of a page; with the keyboard it is the light one again.</summary>
    private static Task IsCleanAsync(IPage page, string guise, string what) =>
        guise == "keyboard" ? Task.CompletedTask : Axe.IsCleanAsync(page, $"{what} ({guise})");

    private static async Task SignOutAsync(IPage page, Hand hand)
    {
        await hand.PressAsync(page.Locator(".me"));
        await hand.PressAsync(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in" })).ToBeVisibleAsync();
    }

    private static IEnumerable<string?> Comments(List<JsonElement> entries) =>
        entries.Where(entry => entry.GetProperty("kind").GetString() == "comment").Select(entry => entry.GetProperty("body").GetString());
}
