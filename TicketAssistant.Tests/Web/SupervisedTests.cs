using System.Text.Json;
using Microsoft.Playwright;
using TicketAssistant.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Web;

/// <summary>A slow model, and people who look over what it says: an app of its own, the browser of all.</summary>
[Collection(WebTests.Name)]
public sealed class SupervisedTests(WebFixture fixture) : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private FakeModelServer _model = null!;
    private LocalHostHarness _app = null!;
    private Person _admin = null!;
    private Person _requester = null!;
    private Person _mia = null!;
    private Person _ben = null!;

    public async ValueTask InitializeAsync()
    {
        _model = await FakeModelServer.StartAsync();
        _model.Otherwise = _ => FakeModelReply.Good("bug", "high", "Kafka");
        _app = await InProcessApp.StartAsync(_folder.Path, new Dictionary<string, string?>
        {
            ["Gemini__ApiKey"] = "test-key",
            ["Gemini__Endpoint"] = _model.Endpoint.ToString(),
            ["Triage__Mode"] = "supervised",
        });
        _admin = await LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        _requester = await AddAsync("rita@example.com", "Rita Requester");
        _mia = await AddAsync("mia@example.com", "Mia Kafka", "Kafka");
        _ben = await AddAsync("ben@example.com", "Ben Billing", "Billing");
    }

    [Fact]
    public async Task The_requester_watches_each_step_and_a_moderator_confirms_the_proposal()
    {
        _model.Enqueue(FakeModelReply.Good("bug", "high", "Kafka") with { Hang = TimeSpan.FromSeconds(1) });
        var theirs = await OpenAsync("/tickets/new", _requester);
        await theirs.GetByLabel("What is it about?").FillAsync("The invoice page fails");
        await theirs.GetByLabel("What happened?").FillAsync("Since noon, for everybody.");
        await theirs.GetByRole(AriaRole.Button, new() { Name = "Send ticket" }).ClickAsync();
        ILocator Step(string name) => theirs.Locator($".step[data-step={name}]");
        await Expect(Step("received")).ToHaveAttributeAsync("data-state", "done");
        await Expect(Step("analysed")).ToContainTextAsync("Being read…");
        await Expect(Step("analysed")).ToContainTextAsync("Bug, High");
        await Expect(Step("assigned")).ToContainTextAsync("A person looks over it first.");
        await Expect(Step("assigned")).ToHaveAttributeAsync("data-state", "now");
        // What is under way breathes, but not for who wants nothing to move.
        Assert.True(await theirs.EvaluateAsync<int>("document.getAnimations().length") > 0);
        await theirs.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        Assert.Equal(0, await theirs.EvaluateAsync<int>("document.getAnimations().length"));

        var ours = await OpenAsync("/queue", _mia);
        await Expect(ours.GetByRole(AriaRole.Heading, new() { Name = "To be confirmed" })).ToBeVisibleAsync();
        await ours.GetByRole(AriaRole.Link, new() { Name = "The invoice page fails" }).ClickAsync();
        var proposal = ours.GetByRole(AriaRole.Region, new() { Name = "Is this right?" });
        await Expect(proposal).ToContainTextAsync("If nobody answers, it goes ahead as proposed:");
        await Axe.IsCleanAsync(ours, "a proposal");
        await proposal.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();

        await Expect(proposal).ToHaveCountAsync(0);
        await Expect(Step("assigned")).ToContainTextAsync("Mia Kafka");
        await Expect(Step("told")).ToHaveAttributeAsync("data-state", "done");
        await Expect(ours.Locator(".happened").Filter(new() { HasText = "\u2068Mia Kafka\u2069 confirmed the analysis" })).ToBeVisibleAsync();
        var ticket = await TicketAsync(IdOf(ours));
        Assert.Equal(("succeeded", "high", _mia.Email),
            (ticket.GetProperty("triage").GetProperty("state").GetString(), ticket.GetProperty("priority").GetString(), ticket.GetProperty("assignedTo").GetProperty("email").GetString()));
        await ours.ReloadAsync();
        await Expect(ours.GetByRole(AriaRole.Button, new() { Name = "Reassign" })).ToBeVisibleAsync();
        await Expect(proposal).ToHaveCountAsync(0);
        await CloseAsync(theirs, ours);
    }

    [Fact]
    public async Task A_proposal_is_corrected_in_every_part()
    {
        var id = await ProposeAsync("Charged twice");
        var page = await OpenAsync($"/tickets/{id}", _ben);
        var proposal = page.GetByRole(AriaRole.Region, new() { Name = "Is this right?" });
        await proposal.GetByRole(AriaRole.Radio, new() { Name = "Low" }).CheckAsync(new() { Force = true });
        await proposal.GetByLabel("Type").SelectOptionAsync("Billing");
        await proposal.GetByRole(AriaRole.Button, new() { Name = "Remove Kafka" }).ClickAsync();
        await proposal.GetByLabel("Skills").FillAsync("Billing,");
        await proposal.GetByLabel("Assignee").SelectOptionAsync(new SelectOptionValue { Value = _mia.Id.ToString() });
        await proposal.GetByRole(AriaRole.Button, new() { Name = "Correct and confirm" }).ClickAsync();

        await Expect(page.GetByText("Corrected. The ticket is on its way.")).ToBeVisibleAsync();
        var ticket = await TicketAsync(id);
        Assert.Equal(("low", "billing", _mia.Email),
            (ticket.GetProperty("priority").GetString(), ticket.GetProperty("type").GetString(), ticket.GetProperty("assignedTo").GetProperty("email").GetString()));
        Assert.Equal(["Billing"], ticket.GetProperty("relatedSkills").EnumerateArray().Select(skill => skill.GetString()));
        await page.ReloadAsync();
        await Expect(page.Locator(".facts")).ToContainTextAsync("Billing");
        await Expect(page.Locator(".facts")).ToContainTextAsync("Mia Kafka");
        await CloseAsync(page);
    }

    [Fact]
    public async Task What_somebody_else_has_confirmed_meanwhile_is_shown_with_an_explanation()
    {
        var id = await ProposeAsync("Two at once");
        var page = await OpenAsync($"/tickets/{id}", _ben);
        var proposal = page.GetByRole(AriaRole.Region, new() { Name = "Is this right?" });
        await proposal.WaitForAsync();
        var stopped = true;
        await page.RouteAsync($"**/api/tickets/{id}", route => stopped ? route.FulfillAsync(new() { Status = 503 }) : route.ContinueAsync());
        await page.RouteAsync("**/triage/confirm", route =>
        {
            stopped = false;
            return route.ContinueAsync();
        });
        await _mia.Api.PostAsync($"/api/tickets/{id}/triage/confirm", new { priority = "urgent" });

        await proposal.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await Expect(page.GetByText("This does not wait any more: somebody settled it, or its time was up.")).ToBeVisibleAsync();
        await Expect(proposal).ToHaveCountAsync(0);
        await Expect(page.Locator(".ticket-line")).ToContainTextAsync("Urgent");
        await CloseAsync(page);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _model.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<string> ProposeAsync(string title)
    {
        var id = await _requester.PostAsync(title, "Since noon, for everybody.");
        await _admin.Api.WaitForTicketAsync(id, ticket => ticket.GetProperty("triage").GetProperty("state").GetString() == "awaiting_confirmation");
        return id;
    }

    private async Task<JsonElement> TicketAsync(string id) =>
        await _admin.Api.WaitForTicketAsync(id, ticket => ticket.GetProperty("assignedTo").ValueKind == JsonValueKind.Object);

    private static string IdOf(IPage page) => page.Url.Split('/')[^1];

    private async Task<Person> AddAsync(string email, string name, params string[] skills)
    {
        await new ApiClient(_app.Client).PostAsync("/api/auth/signup", new { email, password = WebFixture.Password, name });
        if (skills.Length > 0) await _admin.Api.PostAsync("/api/auth/update-user", new { email, role = "moderator", skills });
        return await LogInAsync(email, WebFixture.Password);
    }

    private async Task<Person> LogInAsync(string email, string password) =>
        Person.Of(_app.Client, (await new ApiClient(_app.Client).PostAsync("/api/auth/login", new { email, password })).Json);

    private Task<IPage> OpenAsync(string path, Person person) =>
        fixture.OpenAsync(path, person, new BrowserNewContextOptions { BaseURL = _app.BaseAddress.ToString() });

    private static async Task CloseAsync(params IPage[] pages)
    {
        foreach (var page in pages) await page.Context.CloseAsync();
    }
}
