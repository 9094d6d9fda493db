using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Contract;

/// <summary>
/// The app that the contract tests talk to: whatever listens at Test__BaseUrl (with Test__AdminEmail and
/// Test__AdminPassword), or, without it, one that is started for them. Its data may hold anything: tests make their own.
/// </summary>
public sealed class ContractFixture : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private LocalHostHarness? _host;
    private HttpClient? _http;

    internal ApiClient Anonymous => new(_http!);

    internal HttpClient Http => _http!;

    internal ApiClient Admin { get; private set; } = null!;

    internal string AdminEmail { get; private set; } = AppProcess.AdminEmail;

    internal static bool IsRemote => BaseUrl is not null;

    private static string? BaseUrl => Environment.GetEnvironmentVariable("Test__BaseUrl") is { Length: > 0 } url ? url : null;

    public async ValueTask InitializeAsync()
    {
        var password = AppProcess.AdminPassword;
        if (BaseUrl is { } url)
        {
            AdminEmail = Environment.GetEnvironmentVariable("Test__AdminEmail") ?? AdminEmail;
            password = Environment.GetEnvironmentVariable("Test__AdminPassword") ?? password;
            _http = new HttpClient { BaseAddress = new Uri(url) };
        }
        else
        {
            _host = await InProcessApp.StartAsync(_folder.Path);
            _http = _host.Client;
        }

        Admin = await Anonymous.LogInAsync(AdminEmail, password);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        else _http?.Dispose();
        _folder.Dispose();
    }

    /// <summary>An address that nobody has.</summary>
    internal static string NewEmail(string name = "person") => $"{name}-{Guid.NewGuid():N}@example.com";

    /// <summary>A skill that nobody has and that is spelled like nothing else.</summary>
    internal static string NewSkill() => $"skill{Guid.NewGuid():N}"[..17];

    internal Task<ApiClient> NewUserAsync() => Anonymous.SignUpAsync(NewEmail());
}

[CollectionDefinition("contract")]
public sealed class ContractDefinition : ICollectionFixture<ContractFixture>;
