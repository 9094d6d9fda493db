using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketAssistant.LocalFunctions.Hosting;
using TicketAssistant.Tests.Support;

namespace TicketAssistant.Tests.Hosting;

/// <summary>Starts hosts for the functions of one test class.</summary>
internal static class Hosts
{
    public static Task<LocalHostHarness> StartAsync(
        Type functions, Action<FunctionsApplicationBuilder>? configure = null, string? dataDirectory = null, IReadOnlyDictionary<string, string?>? settings = null) =>
        LocalHostHarness.StartAsync(builder => Configure(builder, configure, functions), settings, dataDirectory);

    /// <summary>Builds a host, which must fail, and returns the message.</summary>
    public static string Refusal(params Type[] functions)
    {
        using var folder = new TempFolder();
        return Xunit.Assert.Throws<HostStartException>(
            () => LocalHostHarness.Build(builder => Configure(builder, null, functions), null, folder.Path)).Message;
    }

    /// <summary>Waits, at most 10 s, for something to become true.</summary>
    public static async Task Until(Func<bool> condition)
    {
        for (var i = 0; i < 1000 && !condition(); i++) await Task.Delay(10);
        Xunit.Assert.True(condition(), "It did not happen within 10 s.");
    }

    private static void Configure(FunctionsApplicationBuilder builder, Action<FunctionsApplicationBuilder>? configure, params Type[] functions)
    {
        builder.Properties[HostKeys.FunctionTypes] = functions;
        builder.UseMiddleware<Seen>();
        configure?.Invoke(builder);
    }
}
