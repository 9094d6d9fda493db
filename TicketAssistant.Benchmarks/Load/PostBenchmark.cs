using System.Diagnostics;
using System.Text.Json;
using TicketAssistant.Benchmarks.Engine;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>
/// POST /api/tickets as fast as the answers come, with triage running beside it, or held back: then every analysis waits for a
/// model that never answers. Prints one JSON object.
/// </summary>
internal static class PostBenchmark
{
    private static readonly (string, string)[] s_oneAtATime =
    [
        ("AzureFunctionsJobHost__extensions__durableTask__maxConcurrentActivityFunctions", "1"),
        ("AzureFunctionsJobHost__extensions__durableTask__maxConcurrentOrchestratorFunctions", "1"),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        var held = args.Contains("--held");
        if (!Options.TryRead([.. args.Where(a => a != "--held")], out var given, "--seconds", "--connections")) return 2;
        var (seconds, connections) = (given[0] ?? 15, given[1] ?? 64);
        using var silence = new SilentServer();
        using var folder = new BenchmarkFolder();
        await using var app = new AppUnderTest(folder.Path, held
            ? [
                .. s_oneAtATime,
                ("Gemini__ApiKey", "key"), ("Gemini__Model", "silent"), ("Gemini__Endpoint", $"http://127.0.0.1:{silence.Port}/"),
                ("Triage__BudgetSeconds", "3600"),
            ]
            : []);
        await app.StartAsync();
        using var client = new LoadClient(app.Address, connections, TimeSpan.FromSeconds(30));
        var posting = new Posting(client, await Team.CreateAsync(client, moderators: 8, requesters: 16));
        await posting.RunAsync(connections, TimeSpan.FromSeconds(3));

        client.Latencies = new Latencies();
        var before = ProcessFigures.Of(app);
        var clock = Stopwatch.StartNew();
        var accepted = await posting.RunAsync(connections, TimeSpan.FromSeconds(seconds));
        var elapsed = clock.Elapsed.TotalSeconds;
        var after = ProcessFigures.Of(app);
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "load post",
            cores = Environment.ProcessorCount,
            triage = held ? "held back" : "running",
            connections,
            seconds = Math.Round(elapsed, 1),
            acceptedPerSecond = Math.Round(accepted / elapsed),
            routes = client.Latencies.Report(elapsed),
            appCpuMillisecondsPerTicket = Math.Round((after.CpuSeconds - before.CpuSeconds) * 1000 / Math.Max(1, accepted), 3),
            app = after,
        }));
        return 0;
    }
}
