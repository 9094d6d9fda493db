using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using TicketAssistant.Benchmarks.Engine;
using TicketAssistant.Benchmarks.Load;

namespace TicketAssistant.Benchmarks.Web;

/// <summary>
/// The web app in the machine's Chromium, with that many tickets: what goes over the wire for the first page, when something is
/// painted, and how long after a click or a key its effect is painted. Prints JSON lines.
/// </summary>
internal static class WebBenchmark
{
    private const int Rounds = 15;

    public static async Task<int> RunAsync(string[] args)
    {
        if (!Options.TryRead(args, out var given, "--tickets")) return 2;
        if (FindChromium() is not { } chromium)
        {
            Console.Error.WriteLine("There is no 'chromium' on the PATH.");
            return 2;
        }

        var tickets = given[0] ?? 1_000;
        using var folder = new BenchmarkFolder();
        await using var app = new AppUnderTest(folder.Path, ("DOTNET_STARTUP_HOOKS", ""));
        await app.StartAsync();
        using var client = new LoadClient(app.Address, 16, TimeSpan.FromSeconds(30));
        var team = await Team.CreateAsync(client, 8, 1);
        await FillAsync(client, team, tickets);

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        Print(new { what = "world", tickets, processors = Environment.ProcessorCount, chromium = browser.Version });
        for (var i = 0; i < 3; i++) await FirstPageAsync(browser, app.Address);
        await WorkAsync(browser, app.Address, client, team.Admin, tickets);
        return 0;
    }

    private static async Task FillAsync(LoadClient client, Team team, int tickets)
    {
        for (var i = 0; i < tickets; i++)
            await client.MustAsync(HttpMethod.Post, "/api/tickets", team.Requesters[0], JsonSerializer.Deserialize<JsonElement>(Team.Ticket(i)));
        for (var i = 0; i < 600; i++)
        {
            var left = await client.MustAsync(HttpMethod.Get, "/api/tickets?assignee=none&limit=1", team.Admin);
            if (left.GetProperty("tickets").GetArrayLength() == 0) return;
            await Task.Delay(500);
        }

        throw new InvalidOperationException("The tickets were not assigned within five minutes.");
    }

    /// <summary>Somebody who was never here: nothing is in the browser's cache.</summary>
    private static async Task FirstPageAsync(IBrowser browser, Uri address)
    {
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var network = await context.NewCDPSessionAsync(page);
        var (requests, bytes) = (0, 0.0);
        network.Event("Network.requestWillBeSent").OnEvent += (_, _) => requests++;
        network.Event("Network.loadingFinished").OnEvent += (_, data) => bytes += data!.Value.GetProperty("encodedDataLength").GetDouble();
        await network.SendAsync("Network.enable");
        await page.GotoAsync(address.ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.Locator("main h1").WaitForAsync();
        var painted = await page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
        var usable = await page.EvaluateAsync<double>(
            "Math.max(...performance.getEntriesByType('resource').map((entry) => entry.responseEnd))");
        Print(new { what = "first page, nothing cached", requests, wireBytes = bytes, firstContentfulPaintMs = Math.Round(painted), lastByteMs = Math.Round(usable) });
    }

    private static async Task WorkAsync(IBrowser browser, Uri address, LoadClient client, string admin, int tickets)
    {
        await using var context = await browser.NewContextAsync(new() { BaseURL = address.ToString(), Locale = "en-GB" });
        // When the last click or key was, by the browser's own clock; and its longest event, from the input to the next paint.
        await context.AddInitScriptAsync("""
            for (const name of ['pointerdown', 'keydown', 'change']) addEventListener(name, (event) => { window.begun = event.timeStamp; }, true);
            window.longest = 0;
            new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (entry.interactionId) window.longest = Math.max(window.longest, entry.duration); })
              .observe({ type: 'event', durationThreshold: 16, buffered: true });
            """);
        var page = await context.NewPageAsync();
        await page.GotoAsync("/sign-in");
        await page.Locator("input[type=email]").FillAsync(AppUnderTest.AdminEmail);
        await page.Locator("input[name=password]").FillAsync(AppUnderTest.AdminPassword);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".row-title").First.WaitForAsync();

        await MeasureAsync(page, "open a ticket from the list", i => page.Locator(".row-title").Nth(i % 20).ClickAsync(), "document.querySelector('.ticket')",
            after: () => BackAsync(page));
        await MeasureAsync(page, "back to the list by a key", async _ =>
        {
            await page.Locator(".row-title").First.ClickAsync();
            await page.Locator(".ticket").WaitForAsync();
            await page.Keyboard.PressAsync("u");
        }, "document.querySelector('.rows')");
        await MeasureAsync(page, "choose a filter", i => page.GetByLabel("Priority").SelectOptionAsync(i % 2 == 0 ? "high" : "medium"),
            "[...document.querySelectorAll('.row-priority .mark')].every((mark) => mark.dataset.priority === document.querySelector('select[name=priority]').value)");
        await page.GotoAsync("/tickets");
        await page.Locator(".row-title").First.WaitForAsync();
        await MeasureAsync(page, "25 more rows", _ => page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).ClickAsync(),
            "document.querySelectorAll('.row-title').length > window.rows",
            before: () => page.EvaluateAsync("window.rows = document.querySelectorAll('.row-title').length"));
        await MeasureAsync(page, $"a key among {(Rounds + 1) * 25} rows", _ => page.Keyboard.PressAsync("j"), "document.activeElement.matches('.row-title')");
        await page.Locator(".row-title").First.ClickAsync();
        await page.Locator(".pick.priority").First.WaitForAsync();
        await MeasureAsync(page, "change a priority", i => page.Locator($".pick[data-priority={(i % 2 == 0 ? "urgent" : "low")}]").ClickAsync(),
            "document.querySelector('.pick.priority[aria-pressed=true]').dataset.priority === window.wanted",
            beforeEach: i => page.EvaluateAsync($"window.wanted = '{(i % 2 == 0 ? "urgent" : "low")}'"));
        await page.GotoAsync("/tickets");
        await page.Locator(".row-title").First.WaitForAsync();
        // With the quarter of a second for which a search waits for the next letter.
        await MeasureAsync(page, $"search {tickets} tickets, from the last letter", async i =>
        {
            await page.GetByRole(AriaRole.Searchbox).FillAsync("");
            await page.GetByRole(AriaRole.Searchbox).PressAsync("Enter");
            await page.WaitForFunctionAsync("() => JSON.stringify(window.rowIds()) === JSON.stringify(window.all)");
            await page.GetByRole(AriaRole.Searchbox).PressSequentiallyAsync(Words(i));
        }, "JSON.stringify(window.rowIds()) === JSON.stringify(window.wanted)",
            // A word that is asked for begins a word of the ticket, so "invoic 20" finds invoice 20, 209, ...: the API says which.
            beforeEach: async i => await page.EvaluateAsync("([wanted, all]) => Object.assign(window, { wanted, all })", new[] { await FoundAsync(Words(i)), await FoundAsync("") }),
            before: () => page.EvaluateAsync("window.rowIds = () => [...document.querySelectorAll('.rows > li')].map((row) => row.dataset.id)"));

        string Words(int i) => string.Create(CultureInfo.InvariantCulture, $"invoic {i * 9 + 2}");

        async Task<string[]> FoundAsync(string words)
        {
            var found = await client.MustAsync(HttpMethod.Get, $"/api/tickets?assignee=all&limit=25&q={Uri.EscapeDataString(words)}", admin);
            return [.. found.GetProperty("tickets").EnumerateArray().Select(ticket => ticket.GetProperty("id").GetString()!)];
        }
    }

    private static async Task MeasureAsync(
        IPage page, string what, Func<int, Task> act, string done, Func<Task>? before = null, Func<Task>? after = null, Func<int, Task>? beforeEach = null)
    {
        var took = new List<double>();
        await page.EvaluateAsync("window.longest = 0");
        for (var i = 0; i < Rounds; i++)
        {
            if (before is not null) await before();
            if (beforeEach is not null) await beforeEach(i);
            await act(i);
            // Looked at with every frame, so this is when the effect is there to be painted.
            var at = await page.WaitForFunctionAsync($"() => ({done}) && performance.now() - window.begun");
            took.Add(await at.JsonValueAsync<double>());
            if (after is not null) await after();
        }

        took.Sort();
        Print(new
        {
            what,
            rounds = Rounds,
            effectP50Ms = Math.Round(took[Rounds / 2]),
            effectMaxMs = Math.Round(took[^1]),
            longestInputToPaintMs = await page.EvaluateAsync<double>("window.longest"),
        });
    }

    private static async Task BackAsync(IPage page)
    {
        await page.GoBackAsync();
        await page.Locator(".row-title").First.WaitForAsync();
    }

    private static string? FindChromium() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => (string[])[Path.Combine(folder, "chromium"), Path.Combine(folder, "chromium-browser")])
        .FirstOrDefault(File.Exists);

    private static void Print(object line) => Console.WriteLine(JsonSerializer.Serialize(line));
}
