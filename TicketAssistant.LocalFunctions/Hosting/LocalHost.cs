using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TicketAssistant.LocalFunctions.Management;
using TicketAssistant.LocalFunctions.Management.Runs;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>Builds the one process that serves HTTP and runs the functions.</summary>
internal static class LocalHost
{
    // Streams that are open at the end would hold the process until this is over.
    private static readonly TimeSpan s_drain = TimeSpan.FromSeconds(5);

    /// <summary>The web host under a new <see cref="FunctionsApplicationBuilder"/>.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="folders">Where to look for files; null for this process's folders.</param>
    internal static WebApplicationBuilder CreateWebBuilder(string[] args, HostFolders? folders = null)
    {
        StartFailure.EndProcessWithOneLine();
        folders ??= HostFolders.Find();
        // Empty: as in a Functions worker there is no appsettings.json and no endpoint routing, and the start is quick.
        var web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = folders.ContentRoot });
        web.Configuration.Sources.Insert(0, new LocalDefaults(web.Configuration, folders.Project));
        web.Configuration.AddInMemoryCollection(LocalSettingsFile.Load(folders.Project));
        web.Configuration.AddEnvironmentVariables();
        if (HostArguments.Urls(args) is { } urls)
            web.Configuration.AddInMemoryCollection([KeyValuePair.Create(LocalDefaults.UrlsKey, (string?)urls)]);
        HostLogging.Configure(web.Logging, web.Configuration);
        return web;
    }

    /// <summary>The finished host.</summary>
    /// <exception cref="HostStartException">The app's functions, host.json or a setting of the host's do not fit; the message says which.</exception>
    internal static IHost Build(FunctionsApplicationBuilder builder)
    {
        var web = builder.Web;
        var hostFile = HostFile.Load(web.Environment.ContentRootPath).With(web.Configuration);
        var functions = FunctionDiscovery.Find(TypesOf(builder), builder.UsesAspNetCore);
        var router = new HttpRouter(functions, hostFile.RoutePrefix);

        web.Services.Configure<HostOptions>(o => o.ShutdownTimeout = s_drain);
        web.Services.AddSingleton(hostFile);
        web.Services.AddSingleton(functions);
        web.Services.AddSingleton(router);
        web.Services.AddSingleton(s => new FunctionPipeline(builder.Middleware, s.GetRequiredService<IServiceScopeFactory>()));
        web.Services.AddSingleton<EngineService>();
        web.Services.AddSingleton<TimerService>();
        web.Services.AddSingleton<ManagementKey>();
        web.Services.AddSingleton<InstanceQueries>();
        web.Services.AddSingleton<InstanceCommands>();
        web.Services.AddSingleton<ManagementApi>();
        web.Services.AddSingleton<RunsApi>();
        web.Services.AddSingleton<RunsPage>();
        web.Services.AddSingleton<HttpFrontEnd>();
        HostTelemetry.Offer(web.Services);
        // After the app's own services and before Kestrel; stopped the other way round.
        web.Services.AddHostedService(s => s.GetRequiredService<EngineService>());
        web.Services.AddHostedService(s => s.GetRequiredService<TimerService>());

        var limits = ConnectionLimits.Read(web.Configuration);
        web.WebHost.UseKestrelCore();
        web.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            limits.ApplyTo(kestrel.Limits);
            kestrel.Limits.MaxRequestBodySize = null; // HttpFrontEnd has the host's own limits
        });
        web.WebHost.UseUrls(HostArguments.Split(web.Configuration[LocalDefaults.UrlsKey] ?? ""));

        var app = web.Build();
        var frontEnd = app.Services.GetRequiredService<HttpFrontEnd>();
        app.Run(frontEnd.HandleAsync);
        app.Lifetime.ApplicationStarted.Register(() =>
            Console.Out.WriteLine(StartBanner.Text(app.Urls, LocalDefaults.DataDirectory(app.Configuration), NewAdminPassword(web))));
        return app;
    }

    private static string? NewAdminPassword(WebApplicationBuilder web) =>
        web.Configuration.Sources.OfType<LocalDefaults>().Single().NewAdminPassword;

    private static IEnumerable<Type> TypesOf(FunctionsApplicationBuilder builder)
    {
        if (builder.Properties.TryGetValue(HostKeys.FunctionTypes, out var types)) return (IEnumerable<Type>)types;
        return builder.Properties.TryGetValue(HostKeys.FunctionsAssembly, out var assembly)
            ? ((Assembly)assembly).GetTypes()
            : throw new InvalidOperationException($"Neither {HostKeys.FunctionsAssembly} nor {HostKeys.FunctionTypes} says which functions to host.");
    }
}
