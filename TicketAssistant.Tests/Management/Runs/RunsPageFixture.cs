using Microsoft.Playwright;
using TicketAssistant.LocalFunctions.Management.Runs;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Management.Runs;

/// <summary>One browser and one host for all tests of the page; each test has runs and a tab of its own.</summary>
public sealed class RunsPageFixture : IAsyncLifetime
{
    private Chromium? _chromium;

    internal ManagementHost Host { get; private set; } = null!;

    internal string Url => new Uri(Host.Address, RunsPage.Prefix).ToString();

    public async ValueTask InitializeAsync()
    {
        _chromium = await Chromium.LaunchAsync();
        Host = await ManagementHost.StartAsync();
    }

    /// <summary>A new tab with nothing open; skips the test where there is no browser.</summary>
    public async Task<IPage> TabAsync(BrowserNewContextOptions? options = null)
    {
        Chromium.SkipWithout(_chromium);
        var context = await _chromium!.Browser.NewContextAsync(options ?? new BrowserNewContextOptions());
        context.SetDefaultTimeout(15_000);
        return await context.NewPageAsync();
    }

    /// <summary>A new tab that shows the list, or one run.</summary>
    public async Task<IPage> OpenAsync(string? id = null, BrowserNewContextOptions? options = null)
    {
        var page = await TabAsync(options);
        await page.GotoAsync($"{Url}{(id is null ? "" : $"/#/run/{id}")}");
        await page.GetByLabel("Key", new() { Exact = true }).FillAsync(Host.Key);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).Filter(new() { HasNotText = "Management key" }).WaitForAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null) await _chromium.DisposeAsync();
        await Host.DisposeAsync();
    }
}
