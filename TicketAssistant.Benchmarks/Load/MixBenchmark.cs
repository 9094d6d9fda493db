using System.Diagnostics;
using System.Text.Json;
using TicketAssistant.Benchmarks.Engine;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>
/// The mix of a desk's day at a fixed rate. <c>mix</c> holds one rate and prints a line every ten seconds and one in the end (a
/// soak, when it is long); <c>ramp</c> raises the rate step by step until it can't be held or the slowest route's p99 is above
/// the bar, and prints a line a step: the knee is the last rate that was held.
/// </summary>
internal static class MixBenchmark
{
    private const double BarMilliseconds = 250;
    private const double HeldFrom = 0.97;

    public static async Task<int> RunAsync(string[] args)
    {
        if (!Options.TryRead(args, out var given, "--rate", "--seconds", "--listeners", "--tickets")) return 2;
        var (rate, seconds) = (given[0] ?? 300, given[1] ?? 60);
        return await WithDeskAsync(given[2] ?? 20, given[3] ?? 1_000, async (app, client, mix) =>
        {
            var whole = new Latencies();
            for (var at = 0; at < seconds; at += 10)
            {
                var span = Math.Min(10, seconds - at);
                var (latencies, took) = await StepAsync(client, mix, rate, span, whole);
                Print("load mix", rate, took, latencies, app, new { at });
            }

            Print("load mix, whole", rate, seconds, whole, app, Disk(app));
            return whole.Failures == 0 ? 0 : 1;
        });
    }

    public static async Task<int> RampAsync(string[] args)
    {
        if (!Options.TryRead(args, out var given, "--from", "--step", "--seconds", "--listeners", "--tickets")) return 2;
        var (rate, step, seconds) = (given[0] ?? 200, given[1] ?? 100, given[2] ?? 10);
        return await WithDeskAsync(given[3] ?? 20, given[4] ?? 1_000, async (app, client, mix) =>
        {
            // What is compiled in the first seconds says nothing of the rate that the app holds.
            await StepAsync(client, mix, rate, seconds, null);
            var knee = 0;
            while (true)
            {
                var (latencies, took) = await StepAsync(client, mix, rate, seconds, null);
                var held = latencies.Count / took >= rate * HeldFrom && latencies.Worst(99) <= BarMilliseconds && latencies.Failures == 0;
                Print("load ramp", rate, took, latencies, app, new { held });
                if (!held) break;
                knee = rate;
                rate += step;
            }

            Console.WriteLine(JsonSerializer.Serialize(new { benchmark = "load ramp, knee", cores = Environment.ProcessorCount, requestsPerSecond = knee, barP99Milliseconds = BarMilliseconds }));
            return 0;
        });
    }

    /// <summary>Runs the app, signs a team up, posts some tickets, opens event streams, and hands over.</summary>
    internal static async Task<int> WithDeskAsync(int listeners, int tickets, Func<AppUnderTest, LoadClient, Mix, Task<int>> run, int? mostOpen = null)
    {
        using var folder = new BenchmarkFolder();
        await using var app = new AppUnderTest(folder.Path);
        await app.StartAsync();
        using var client = new LoadClient(app.Address, 256, TimeSpan.FromSeconds(30));
        using var streams = new LoadClient(app.Address, Math.Max(1, listeners), Timeout.InfiniteTimeSpan);
        var team = await Team.CreateAsync(client, moderators: 8, requesters: 16);
        var posting = new Posting(client, team);
        await posting.RunAsync(16, TimeSpan.FromMinutes(5), tickets);
        using var end = new CancellationTokenSource();
        var people = team.Moderators.Concat(team.Requesters).ToList();
        var listening = Enumerable.Range(0, listeners).Select(i => KeepListeningAsync(streams, people[i % people.Count], end.Token)).ToList();
        var code = await run(app, client, new Mix(client, team, posting) { MostOpen = mostOpen });
        await end.CancelAsync();
        var events = (await Task.WhenAll(listening)).Sum();
        Console.WriteLine(JsonSerializer.Serialize(new { benchmark = "load events", listeners, events, failures = streams.Latencies.Failures }));
        return code;
    }

    /// <summary>A stream ends by itself after some minutes; a browser opens the next one.</summary>
    private static async Task<int> KeepListeningAsync(LoadClient streams, string token, CancellationToken cancellationToken)
    {
        var events = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            events += await streams.ListenAsync(token, cancellationToken);
            await Task.Delay(500, CancellationToken.None);
        }

        return events;
    }

    /// <summary>Sends the mix at a rate for some seconds.</summary>
    internal static async Task<(Latencies Latencies, double Seconds)> StepAsync(LoadClient client, Mix mix, int rate, int seconds, Latencies? whole)
    {
        client.Latencies = new Latencies(whole);
        var clock = Stopwatch.StartNew();
        await FixedRate.RunAsync(rate, TimeSpan.FromSeconds(seconds), since => mix.SendAsync(Random.Shared, since));
        return (client.Latencies, clock.Elapsed.TotalSeconds);
    }

    private static void Print(string name, int rate, double seconds, Latencies latencies, AppUnderTest app, object more) =>
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = name,
            cores = Environment.ProcessorCount,
            rate,
            perSecond = Math.Round(latencies.Count / seconds, 1),
            worstP99 = latencies.Worst(99),
            failures = latencies.Failures,
            routes = latencies.Report(seconds),
            app = ProcessFigures.Of(app),
            more,
        }));

    private static object Disk(AppUnderTest app) => new
    {
        filesMb = new DirectoryInfo(app.Folder).GetFiles().ToDictionary(f => f.Name, f => Math.Round(f.Length / 1e6, 1)),
    };
}
