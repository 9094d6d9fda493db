using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Web;

/// <summary>One app, one browser and one admin for all tests of the web app; each test has people and tabs of its own.</summary>
public sealed class WebFixture : IAsyncLifetime
{
    public const string Password = "long enough";

    private readonly TempFolder _folder = new();
    private Chromium? _chromium;
    private int _people;

    internal LocalHostHarness App { get; private set; } = null!;

    internal Person Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        App = await InProcessApp.StartAsync(_folder.Path);
        Admin = await LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        _chromium = await Chromium.LaunchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null) await _chromium.DisposeAsync();
        await App.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Somebody new who writes tickets.</summary>
    internal async Task<Person> RequesterAsync(string? name = null)
    {
        var email = NewEmail();
        var reply = await new ApiClient(App.Client).PostAsync("/api/auth/signup", new { email, password = Password, name = name ?? "Rita Requester" });
        return Person.Of(App.Client, reply.Json);
    }

    /// <summary>Somebody new who works on tickets.</summary>
    internal async Task<Person> ModeratorAsync(string name, params string[] skills)
    {
        var person = await RequesterAsync(name);
        await Admin.Api.PostAsync("/api/auth/update-user", new { email = person.Email, role = "moderator", skills });
        return await LogInAsync(person.Email, Password);
    }

    internal async Task<Person> LogInAsync(string email, string password) =>
        Person.Of(App.Client, (await new ApiClient(App.Client).PostAsync("/api/auth/login", new { email, password })).Json);

    /// <summary>A new browser profile with nothing in it; skips the test where there is no browser.</summary>
    internal async Task<IBrowserContext> BrowserAsync(BrowserNewContextOptions? options = null)
    {
        Chromium.SkipWithout(_chromium);
        options ??= new BrowserNewContextOptions();
        options.Locale ??= "en-GB";
        options.BaseURL ??= App.BaseAddress.ToString();
        var context = await _chromium!.Browser.NewContextAsync(options);
        context.SetDefaultTimeout(15_000);
        return context;
    }

    /// <summary>A tab in a profile of its own, at a page; signed in as somebody, as if they had done so in this tab before.</summary>
    internal async Task<IPage> OpenAsync(string path, Person? person = null, BrowserNewContextOptions? options = null)
    {
        var context = await BrowserAsync(options);
        if (person is not null)
        {
            var session = JsonSerializer.Serialize(person.Session.GetRawText());
            await context.AddInitScriptAsync(
                $"if (!sessionStorage.getItem('begun')) {{ sessionStorage.setItem('begun', '1'); sessionStorage.setItem('session', {session}); }}");
        }

        var page = await context.NewPageAsync();
        await page.GotoAsync(path);
        await page.Locator("main h1").WaitForAsync();
        return page;
    }

    /// <summary>A skill that nobody else in these tests has.</summary>
    internal string NewSkill() => string.Create(CultureInfo.InvariantCulture, $"zyx{Interlocked.Increment(ref _people)}wvu");

    private string NewEmail() => string.Create(CultureInfo.InvariantCulture, $"p{Interlocked.Increment(ref _people)}@example.com");
}

[CollectionDefinition(Name)]
public sealed class WebTests : ICollectionFixture<WebFixture>
{
    public const string Name = "web";
}
