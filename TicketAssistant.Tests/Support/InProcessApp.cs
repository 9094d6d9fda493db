using TicketAssistant.Functions.Startup;

namespace TicketAssistant.Tests.Support;

/// <summary>The app inside the test process, on a free port.</summary>
internal static class InProcessApp
{
    public static Task<LocalHostHarness> StartAsync(string dataDirectory, IReadOnlyDictionary<string, string?>? settings = null)
    {
        var all = TestSettings.Create(dataDirectory);
        foreach (var (name, value) in settings ?? new Dictionary<string, string?>()) all[name] = value;
        return LocalHostHarness.StartAsync(builder => builder.AddTicketAssistant([]), all, dataDirectory);
    }
}
