using Microsoft.Playwright;
using Xunit;

namespace TicketAssistant.Tests.Support;

/// <summary>The machine's own Chromium, driven by Playwright; nothing is downloaded.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        Browser = browser;
    }

    public IBrowser Browser { get; }

    /// <summary>Starts it; null where the machine has none.</summary>
    public static async Task<Chromium?> LaunchAsync()
    {
        if (Find() is not { } path) return null;
        var playwright = await Playwright.CreateAsync();
        try
        {
            // Without its sandbox: tests often run as root in a container, where it cannot start with one.
            return new Chromium(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] }));
        }
        catch
        {
            playwright.Dispose();
            throw;
        }
    }

    /// <summary>Skips the test that is running where there is no browser.</summary>
    public static void SkipWithout(Chromium? chromium)
    {
        if (chromium is null) Assert.Skip("There is no 'chromium' on the PATH; install Debian's package of that name.");
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => (string[])[Path.Combine(folder, "chromium"), Path.Combine(folder, "chromium-browser")])
        .FirstOrDefault(File.Exists);
}
