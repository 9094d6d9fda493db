using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketAssistant.LocalFunctions.Hosting;

namespace TicketAssistant.Tests.Support;

/// <summary>A functions app in this process, on a free loopback port and a data directory of its own.</summary>
internal sealed class LocalHostHarness : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly TempFolder? _folder;
    private bool _stopped;

    private LocalHostHarness(IHost host, string dataDirectory, TempFolder? folder)
    {
        _host = host;
        _folder = folder;
        DataDirectory = dataDirectory;
        BaseAddress = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // In this process, too, whoever listens to spans would take the client for a part of the app.
            ActivityHeadersPropagator = null,
        })
        { BaseAddress = BaseAddress };
    }

    /// <summary>Where it listens.</summary>
    public Uri BaseAddress { get; }

    /// <summary>A client for it; follows no redirects.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _host.Services;

    public string DataDirectory { get; }

    /// <summary>The key of the management API.</summary>
    public string ManagementKey => Services.GetRequiredService<IConfiguration>()[LocalDefaults.ManagementKeyKey]!;

    /// <summary>Builds and starts an app.</summary>
    /// <param name="configure">
    /// Adds services and middleware, and says which functions: Properties[HostKeys.FunctionsAssembly] or [HostKeys.FunctionTypes].
    /// </param>
    /// <param name="settings">Settings above all others, named as in the environment or with colons.</param>
    /// <param name="dataDirectory">Kept after the end; null for one that goes with the harness.</param>
    public static async Task<LocalHostHarness> StartAsync(
        Action<FunctionsApplicationBuilder> configure,
        IReadOnlyDictionary<string, string?>? settings = null,
        string? dataDirectory = null)
    {
        var folder = dataDirectory is null ? new TempFolder() : null;
        dataDirectory ??= folder!.File("data");
        IHost? host = null;
        try
        {
            host = Build(configure, settings, dataDirectory);
            await host.StartAsync();
            return new LocalHostHarness(host, dataDirectory, folder);
        }
        catch
        {
            if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
            folder?.Dispose();
            throw;
        }
    }

    /// <summary>Builds an app and leaves the rest to the caller.</summary>
    public static IHost Build(Action<FunctionsApplicationBuilder> configure, IReadOnlyDictionary<string, string?>? settings, string dataDirectory)
    {
        // The data directory stands for the project's folder, so that nobody's local.settings.json gets into a test.
        var folders = new HostFolders(AppContext.BaseDirectory, dataDirectory);
        var builder = new FunctionsApplicationBuilder(LocalHost.CreateWebBuilder(["--port", "0"], folders));
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create(LocalDefaults.DataDirectoryKey, (string?)dataDirectory)]);
        builder.Configuration.AddInMemoryCollection(settings?.Select(s => KeyValuePair.Create(s.Key.Replace("__", ":", StringComparison.Ordinal), s.Value)));
        builder.ConfigureFunctionsWebApplication();
        configure(builder);
        return builder.Build();
    }

    /// <summary>Stops the app as Ctrl+C would.</summary>
    public async Task StopAsync()
    {
        if (_stopped) return;
        _stopped = true;
        Client.Dispose();
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _folder?.Dispose();
    }
}
