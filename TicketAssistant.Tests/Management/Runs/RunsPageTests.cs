using System.Net;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using TicketAssistant.LocalFunctions.Management.Runs;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TicketAssistant.Tests.Management.Runs;

public sealed class RunsPageTests(RunsPageFixture fixture) : IClassFixture<RunsPageFixture>
{
    private readonly ManagementHost _host = fixture.Host;
    private readonly string _id = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task The_files_come_without_a_key_and_with_a_strict_policy_and_the_data_with_the_key_in_the_header_only()
    {
        using var page = await _host.Client.GetAsync(RunsPage.Prefix + "/");
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("no-referrer", page.Headers.GetValues("Referrer-Policy").Single());
        Assert.Equal("text/html", page.Content.Headers.ContentType!.MediaType);

        foreach (var path in (string[])["/data", $"/data/{_id}", $"/data/{_id}/payload", $"/data/{_id}/steps/0"])
        {
            using var without = await _host.Client.GetAsync(RunsPage.Prefix + path);
            using var inAddress = await _host.Client.GetAsync($"{RunsPage.Prefix}{path}?code={_host.Key}");
            Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (without.StatusCode, inAddress.StatusCode));
        }

        using var unknown = await _host.Client.GetAsync(RunsPage.Prefix + "/nothing.js");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var bare = await _host.Client.GetAsync(RunsPage.Prefix);
        Assert.Equal((HttpStatusCode.Redirect, "/runtime/runs/"), (bare.StatusCode, bare.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task The_key_is_asked_for_once_and_is_in_no_address()
    {
        await _host.StartRunAsync("Waits", _id);
        var page = await fixture.TabAsync();
        List<string> addresses = [];
        List<string> complaints = [];
        page.Request += (_, request) => addresses.Add(request.Url);
        page.Console += (_, message) => complaints.Add(message.Text);
        page.PageError += (_, error) => complaints.Add(error);

        await page.GotoAsync(fixture.Url);
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync("wrong");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("That is not the management key.");
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync(_host.Key);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        await page.ReloadAsync();
        await Expect(page.GetByRole(AriaRole.Table)).ToBeVisibleAsync();

        Assert.NotEmpty(addresses);
        Assert.All(addresses, address =>
        {
            Assert.StartsWith(_host.Address.ToString(), address, StringComparison.Ordinal);
            Assert.DoesNotContain(_host.Key, address, StringComparison.Ordinal);
        });
        Assert.Equal([], await page.Context.CookiesAsync());
        Assert.Equal(0, await page.EvaluateAsync<int>("localStorage.length"));
        // The one for the wrong key; none about the policy.
        Assert.All(complaints, c => Assert.Contains("401", c, StringComparison.Ordinal));

        await page.GetByRole(AriaRole.Button, new() { Name = "Forget key" }).ClickAsync();
        await Expect(page.GetByLabel("Key", new() { Exact = true })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_list_is_filtered_by_status_and_searched_by_name_and_id()
    {
        await _host.StartRunAsync("Waits", $"{_id}-waits");
        await _host.StartRunAsync("Greets", $"{_id}-greets", "you");
        await _host.UntilAsync($"{_id}-greets", "Completed");
        var page = await fixture.OpenAsync();
        var search = page.GetByLabel("Name, or beginning of the id");

        await search.FillAsync(_id);
        await Expect(Rows(page)).ToHaveCountAsync(2);
        await Expect(Rows(page).First).ToContainTextAsync($"{_id}-greets");
        await page.GetByLabel("Status").SelectOptionAsync("Running");
        await Expect(Rows(page)).ToHaveCountAsync(1);
        await Expect(Rows(page)).ToContainTextAsync("Waits");
        await page.GetByLabel("Status").SelectOptionAsync("Failed");
        await Expect(page.GetByText("Nothing matches")).ToBeVisibleAsync();

        await page.GetByLabel("Status").SelectOptionAsync("");
        await search.FillAsync("GREE");
        await Expect(Rows(page).First).ToContainTextAsync("Greets");
        await Expect(Rows(page).Filter(new() { HasText = "Waits" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_list_is_paged()
    {
        for (var i = 0; i < 27; i++) await _host.StartRunAsync("Waits", $"{_id}-{i:00}");
        var page = await fixture.OpenAsync();
        await page.GetByLabel("Name, or beginning of the id").FillAsync(_id);

        await Expect(Rows(page)).ToHaveCountAsync(25);
        await Expect(Rows(page).First).ToContainTextAsync($"{_id}-26");
        await page.GetByRole(AriaRole.Button, new() { Name = "Older" }).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(2);
        await Expect(Rows(page).Last).ToContainTextAsync($"{_id}-00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Newer" }).ClickAsync();
        await Expect(Rows(page)).ToHaveCountAsync(25);
    }

    [Fact]
    public async Task What_happens_is_shown_without_a_reload_and_not_asked_for_while_hidden()
    {
        await _host.StartRunAsync("Waits", _id);
        var page = await fixture.OpenAsync(_id);
        await Expect(Status(page)).ToContainTextAsync("Running");
        await Expect(page.GetByText("""{ "Step": "waiting" }""")).ToBeVisibleAsync();

        await page.EvaluateAsync("Object.defineProperty(document, 'hidden', { value: true, configurable: true }); document.dispatchEvent(new Event('visibilitychange'))");
        await Expect(page.GetByText("Paused")).ToBeVisibleAsync();
        await _host.PostAsync($"/instances/{_id}/raiseEvent/go", "now");
        await _host.UntilAsync(_id, "Completed");
        var asked = 0;
        page.Request += (_, _) => asked++;
        await Task.Delay(2_500);
        Assert.Equal(0, asked);

        await page.EvaluateAsync("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
        await Expect(Status(page)).ToContainTextAsync("Completed");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "go event received" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_timeline_tells_attempts_from_waits_and_shows_what_went_wrong_by_keyboard()
    {
        await FailedRunAsync();
        var page = await fixture.OpenAsync(_id);

        await Expect(page.Locator(".steps > .step")).ToHaveCountAsync(4);
        await Expect(page.Locator(".step-text")).ToHaveTextAsync(
            ["Greetactivity, done", "Use, attempt 1activity, failed", "Usewait before the next attempt, done", "Use, attempt 2activity, failed"]);
        await Expect(page.Locator(".head + .alert")).ToContainTextAsync("out of order");

        var attempt = page.GetByRole(AriaRole.Button, new() { Name = "Use, attempt 2" });
        for (var i = 0; i < 30 && !await attempt.EvaluateAsync<bool>("e => e === document.activeElement"); i++) await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(attempt).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(attempt).ToBeFocusedAsync();
        var details = page.Locator(".step-details");
        await Expect(details.GetByLabel("Error")).ToContainTextAsync("System.InvalidOperationException: out of order");
        await Expect(details.GetByLabel("Input")).ToHaveTextAsync("\"coin\"");
        await page.Keyboard.PressAsync("Enter");
        await Expect(details).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Payloads_are_text_whatever_they_hold_and_sub_orchestrations_are_linked()
    {
        await _host.StartRunAsync("Delegates", _id);
        await _host.UntilAsync(_id, "Completed");
        var page = await fixture.OpenAsync(_id);

        await page.GetByRole(AriaRole.Button, new() { Name = "Greets" }).ClickAsync();
        await Expect(page.Locator(".step-details").GetByLabel("Output")).ToHaveTextAsync("\"Hello child <b>\"");
        await page.GetByRole(AriaRole.Link, new() { Name = $"{_id}-child" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Greets");
        await Expect(page.Locator(".step-text").First).ToContainTextAsync("Timer");
        await page.GetByRole(AriaRole.Button, new() { Name = "Input and output of the run" }).ClickAsync();
        await Expect(page.GetByLabel("Output")).ToHaveTextAsync("\"Hello child <b>\"");
        await page.GetByRole(AriaRole.Link, new() { Name = _id, Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Delegates");
    }

    [Fact]
    public async Task A_wait_for_an_event_has_a_bar_until_the_event_comes()
    {
        await _host.StartRunAsync("Waits", _id);
        var page = await fixture.OpenAsync(_id);

        await Expect(page.Locator(".step-text")).ToHaveTextAsync(["gowait for an event, under way"]);
        await _host.PostAsync($"/instances/{_id}/raiseEvent/go", "now");

        await Expect(page.Locator(".step-text")).ToHaveTextAsync(["gowait for an event, done", "goevent received, done"]);
        await Expect(page.Locator(".legend li")).ToHaveTextAsync(["wait for an event", "event"]);
        var bar = await page.Locator(".steps .bar").First.EvaluateAsync<double>("e => e.getBoundingClientRect().width / e.parentElement.getBoundingClientRect().width");
        Assert.InRange(bar, 0.5, 1);
    }

    [Fact]
    public async Task Suspend_resume_and_terminate_do_it_after_a_confirmation()
    {
        await _host.StartRunAsync("Waits", _id);
        var page = await fixture.OpenAsync(_id);

        await ConfirmAsync(page, "Suspend", "lunch");
        await _host.UntilAsync(_id, "Suspended");
        await Expect(Status(page)).ToContainTextAsync("Suspended");
        await ConfirmAsync(page, "Resume", "back");
        await _host.UntilAsync(_id, "Running");
        await Expect(Status(page)).ToContainTextAsync("Running");
        await ConfirmAsync(page, "Terminate", "enough");
        Assert.Equal("enough", (await _host.UntilAsync(_id, "Terminated")).GetProperty("output").GetString());
        await Expect(Status(page)).ToContainTextAsync("Terminated");
    }

    [Fact]
    public async Task Nothing_happens_when_a_confirmation_is_cancelled()
    {
        await _host.StartRunAsync("Waits", _id);
        var page = await fixture.OpenAsync(_id);
        var terminate = page.GetByRole(AriaRole.Button, new() { Name = "Terminate" });

        await terminate.ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Expect(terminate).ToBeFocusedAsync();
        await terminate.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);

        Assert.Equal("Running", (await _host.GetAsync($"/instances/{_id}")).Body.GetProperty("runtimeStatus").GetString());
    }

    [Fact]
    public async Task Rewind_lets_a_failed_run_go_on()
    {
        await using var host = await ManagementHost.StartAsync();
        await host.StartRunAsync("Uses", _id);
        await host.UntilAsync(_id, "Failed");
        host.Machine.Works = true;
        var page = await fixture.TabAsync();
        await page.GotoAsync($"{host.Address}runtime/runs/#/run/{_id}");
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync(host.Key);
        await page.Keyboard.PressAsync("Enter");

        await ConfirmAsync(page, "Rewind", reason: null);

        Assert.Equal("a coin well spent", (await host.UntilAsync(_id, "Completed")).GetProperty("output").GetString());
        await Expect(Status(page)).ToContainTextAsync("Completed");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Re_run_starts_again_beside_the_old_run_or_in_its_place(bool keep)
    {
        await _host.StartRunAsync("Greets", _id, "you");
        var before = await _host.UntilAsync(_id, "Completed");
        var page = await fixture.OpenAsync(_id);

        await page.GetByRole(AriaRole.Button, new() { Name = "Re-run" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Checkbox).SetCheckedAsync(keep);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Re-run" }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);

        if (keep)
        {
            await page.WaitForURLAsync(url => !url.EndsWith(_id, StringComparison.Ordinal));
            var started = page.Url[(page.Url.LastIndexOf('/') + 1)..];
            Assert.Equal("you", (await _host.UntilAsync(started, "Completed")).GetProperty("input").GetString());
            Assert.Equal(before.GetRawText(), (await _host.GetAsync($"/instances/{_id}")).Body.GetRawText());
        }
        else
        {
            Assert.EndsWith(_id, page.Url, StringComparison.Ordinal);
            Assert.Equal("Hello you <b>", (await _host.UntilAsync(_id, "Completed")).GetProperty("output").GetString());
            // The new one has the old one's place at the head of the list.
            Assert.Equal(_id, (await _host.GetAsync("/instances?top=1000")).Body.EnumerateArray().Last(i => i.GetProperty("name").GetString() == "Greets").GetProperty("instanceId").GetString());
        }
    }

    [Fact]
    public async Task A_host_that_does_not_answer_and_a_run_that_is_not_there_are_told()
    {
        var page = await fixture.OpenAsync(_id);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("No such run");

        await page.RouteAsync("**/data**", route => route.AbortAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "All runs" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The host does not answer");
        await Expect(page.GetByText("Not connected")).ToBeVisibleAsync();

        await page.UnrouteAllAsync();
        await Expect(page.GetByText("Not connected")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_host_without_runs_says_so()
    {
        await using var host = await ManagementHost.StartAsync();
        var page = await fixture.TabAsync();
        await page.GotoAsync($"{host.Address}runtime/runs/");
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync(host.Key);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByText("No runs yet")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1200)]
    [InlineData(ColorScheme.Dark, 1200)]
    [InlineData(ColorScheme.Light, 320)]
    [InlineData(ColorScheme.Dark, 320)]
    public async Task List_run_and_dialog_are_accessible_and_fit_the_screen(ColorScheme scheme, int width)
    {
        await FailedRunAsync();
        await _host.StartRunAsync("Waits", $"{_id}-waits");
        var page = await fixture.OpenAsync(options: new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 700 } });
        await Expect(Rows(page).First).ToBeVisibleAsync();
        await CheckAsync(page);

        await page.GotoAsync($"{fixture.Url}/#/run/{_id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Use, attempt 1" }).ClickAsync();
        await Expect(page.GetByLabel("Error")).ToBeVisibleAsync();
        await CheckAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Re-run" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
        await CheckAsync(page);
    }

    [Fact]
    public async Task Nothing_moves_for_those_who_want_less_motion()
    {
        await _host.StartRunAsync("Delegates", _id);
        await _host.UntilAsync(_id, "Completed");
        foreach (var (motion, moves) in ((ReducedMotion, bool)[])[(ReducedMotion.Reduce, false), (ReducedMotion.NoPreference, true)])
        {
            var page = await fixture.OpenAsync(_id, new() { ReducedMotion = motion });
            // An ended run has no bar that breathes; this one is told to.
            var animation = await page.Locator(".steps .step").First.EvaluateAsync<string>(
                "e => { e.dataset.state = 'Open'; return getComputedStyle(e.querySelector('.bar')).animationName; }");
            Assert.Equal(moves, animation != "none");
        }
    }

    private static ILocator Rows(IPage page) => page.Locator("tbody tr");

    private static ILocator Status(IPage page) => page.Locator(".head .status");

    private static async Task ConfirmAsync(IPage page, string verb, string? reason)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = verb }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        if (reason is not null) await dialog.GetByLabel("Reason").FillAsync(reason);
        await dialog.GetByRole(AriaRole.Button, new() { Name = verb }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
    }

    private static async Task CheckAsync(IPage page)
    {
        var result = await page.RunAxe(new AxeRunOptions { ResultTypes = new HashSet<ResultType> { ResultType.Violations } });
        Assert.Equal("", string.Join('\n', result.Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Select(n => n.Html))}")));
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth - innerWidth") <= 0, "The page is wider than the screen.");
    }

    private async Task FailedRunAsync()
    {
        await _host.StartRunAsync("Uses", _id);
        await _host.UntilAsync(_id, "Failed");
    }
}
