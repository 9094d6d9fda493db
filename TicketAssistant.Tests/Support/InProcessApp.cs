using System.Net;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using TicketAssistant.Functions.Startup;
using TicketAssistant.LocalFunctions.Hosting;

namespace TicketAssistant.Tests.Support;

/// <summary>The app inside the test process, on a free port.</summary>
internal static class InProcessApp
{
    /// <summary>Starts it and waits, at most 20 s, until it is ready.</summary>
    /// <param name="dataDirectory">Where its data are.</param>
    /// <param name="settings">Above those that all tests share.</param>
    /// <param name="time">The clock that it goes by; null for the system's.</param>
    /// <param name="configure">Has the last word on the app's services.</param>
    public static async Task<LocalHostHarness> StartAsync(
        string dataDirectory,
        IReadOnlyDictionary<string, string?>? settings = null,
        TimeProvider? time = null,
        Action<FunctionsApplicationBuilder>? configure = null)
    {
        var all = TestSettings.Create(dataDirectory);
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>()) all[name] = value;
        var app = await LocalHostHarness.StartAsync(
            builder =>
            {
                builder.Properties[HostKeys.FunctionsAssembly] = typeof(TicketAssistantBuilder).Assembly;
                if (time is not null) builder.Services.AddSingleton(time);
                builder.AddTicketAssistant([]);
                configure?.Invoke(builder);
            },
            all,
            dataDirectory);
        for (var i = 0; i < 400; i++)
        {
            if ((await new ApiClient(app.Client).GetAsync("/api/health/ready")).Status == HttpStatusCode.OK) return app;
            await Task.Delay(50);
        }

        await app.DisposeAsync();
        throw new TimeoutException("The app was not ready within 20 s.");
    }
}
