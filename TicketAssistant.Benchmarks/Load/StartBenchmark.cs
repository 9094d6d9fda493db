using System.Diagnostics;
using System.Text.Json;
using TicketAssistant.Benchmarks.Engine;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>From the start of the process to its first answer, on data that is there already, and its memory when idle. Prints one JSON object.</summary>
internal static class StartBenchmark
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (!Options.TryRead(args, out var given, "--starts", "--idle")) return 2;
        var (starts, idle) = (given[0] ?? 5, given[1] ?? 60);
        using var folder = new BenchmarkFolder();
        await using var app = new AppUnderTest(folder.Path, ("DOTNET_STARTUP_HOOKS", ""));
        await app.StartAsync();
        var took = new List<double>();
        for (var i = 0; i < starts; i++)
        {
            await app.SignalAsync("TERM");
            await app.WaitForExitAsync(TimeSpan.FromSeconds(30));
            var clock = Stopwatch.StartNew();
            await app.StartAsync();
            took.Add(Math.Round(clock.Elapsed.TotalMilliseconds));
        }

        await Task.Delay(TimeSpan.FromSeconds(idle));
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "load start",
            cores = Environment.ProcessorCount,
            millisecondsToFirstAnswer = took,
            idleSeconds = idle,
            app = ProcessFigures.Of(app),
        }));
        return 0;
    }
}
