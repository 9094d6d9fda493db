using System.Text.Json;
using TicketAssistant.Benchmarks.Engine;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>
/// The mix of a desk's day for long, on a desk that keeps up: each ticket more than there were at first closes the oldest, since an open
/// one is a wait in memory. Every ten seconds it looks at memory, latency, open files and disk; in the end a line is laid
/// through the last two thirds of each: what rises further than its allowance is not flat. Prints a line a minute and one JSON
/// object with the verdict; the exit code is 1 where something grows.
/// </summary>
internal static class SoakBenchmark
{
    private const int SecondsASample = 10;
    private const int SamplesALine = 6;
    private const double WalBoundMb = 64;

    // As a share of the mean, from the first sample looked at to the last. Latency is of a machine that others use, too.
    private const double MemoryAllowance = 0.15;
    private const double FilesAllowance = 0.10;
    private const double LatencyAllowance = 0.50;
    private const double DiskAllowance = 0.20;

    public static async Task<int> RunAsync(string[] args)
    {
        if (!Options.TryRead(args, out var given, "--minutes", "--rate", "--listeners", "--tickets")) return 2;
        var (minutes, rate, before) = (given[0] ?? 15, given[1] ?? 100, given[3] ?? 1_000);
        return await MixBenchmark.WithDeskAsync(given[2] ?? 20, before, async (app, client, mix) =>
        {
            var (whole, samples) = (new Latencies(), new List<Sample>());
            for (var i = 0; i < minutes * 60 / SecondsASample; i++)
            {
                var (latencies, _) = await MixBenchmark.StepAsync(client, mix, rate, SecondsASample, whole);
                samples.Add(Sample.Of(app, latencies, before + whole.CountOf("POST /api/tickets")));
                if (samples.Count % SamplesALine == 0) Console.WriteLine(JsonSerializer.Serialize(new { soak = "sample", minute = samples.Count / SamplesALine, now = samples[^1] }));
            }

            return Judge(app, rate, minutes, whole, samples);
        }, before);
    }

    private static int Judge(AppUnderTest app, int rate, int minutes, Latencies whole, List<Sample> samples)
    {
        var late = samples.Skip(samples.Count / 3).ToList();
        var growth = new Dictionary<string, (Trend Trend, double Allowance)>
        {
            ["rssMb"] = (new([.. late.Select(s => s.RssMb)]), MemoryAllowance),
            ["openFiles"] = (new([.. late.Select(s => (double)s.OpenFiles)]), FilesAllowance),
            ["medianMs"] = (new([.. late.Select(s => s.MedianMs)]), LatencyAllowance),
            ["diskKbPerTicket"] = (new([.. late.Select(s => s.DiskKbPerTicket)]), DiskAllowance),
        };
        var walMb = samples.Max(s => s.WalMb);
        var flat = growth.Values.All(g => g.Trend.Growth <= g.Allowance) && walMb <= WalBoundMb;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "soak",
            cores = Environment.ProcessorCount,
            rate,
            minutes,
            flat,
            growth = growth.ToDictionary(g => g.Key, g => new { g.Value.Trend.Mean, g.Value.Trend.Growth, g.Value.Allowance, flat = g.Value.Trend.Growth <= g.Value.Allowance }),
            wal = new { largestMb = walMb, boundMb = WalBoundMb, bounded = walMb <= WalBoundMb },
            failures = whole.Failures,
            routes = whole.Report(minutes * 60),
            app = ProcessFigures.Of(app),
        }));
        return flat ? 0 : 1;
    }

    private sealed record Sample(double RssMb, double HeapMb, int OpenFiles, double MedianMs, double WorstP99, double DiskMb, double WalMb, double DiskKbPerTicket)
    {
        public static Sample Of(AppUnderTest app, Latencies latencies, long tickets)
        {
            var figures = ProcessFigures.Of(app);
            var files = new DirectoryInfo(app.Folder).GetFiles("*.db*");
            var (wal, data) = (Megabytes(files.Where(f => f.Name.EndsWith("-wal", StringComparison.Ordinal))), Megabytes(files.Where(f => f.Name.EndsWith(".db", StringComparison.Ordinal))));
            return new(
                figures.RssMb, figures.HeapMb, figures.OpenFiles, latencies.Median, latencies.Worst(99), data, wal,
                Math.Round(data * 1000 / Math.Max(1, tickets), 1));
        }

        private static double Megabytes(IEnumerable<FileInfo> files) => Math.Round(files.Sum(f => f.Length) / 1e6, 1);
    }
}
