using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Benchmarks.Chaos;

/// <summary>
/// Runs the app under load, breaks it and everything around it for a while, waits until all is quiet, and holds the store against
/// what was promised. Prints one JSON object; the exit code is 1 where a promise is broken.
/// </summary>
internal static class ChaosBenchmark
{
    private const int DetailsShown = 10;

    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(string[] args)
    {
        if (ChaosOptions.Read(args) is not { } options) return 2;
        try
        {
            return await RunAsync(options);
        }
        catch (Exception e)
        {
            // Caught so that everything is taken down: an unhandled one would leave the mount and the processes behind.
            await Console.Error.WriteLineAsync($"The run itself failed: {e}");
            return 3;
        }
    }

    private static async Task<int> RunAsync(ChaosOptions options)
    {
        await using var world = await ChaosWorld.CreateAsync(options);
        var app = world.App;
        await app.StartAsync();
        using var client = new ChaosClient(app.Address);
        var people = await ChaosPeople.CreateAsync(client.Plain);
        var (promises, faults) = (new Promises(), new Faults(world, options.Seed));
        var load = new ChaosLoad(client, people, promises, options.Seed);

        var clock = Stopwatch.StartNew();
        using (var stop = new CancellationTokenSource())
        {
            var working = load.RunAsync(stop.Token);
            await faults.RunAsync(TimeSpan.FromSeconds(options.Seconds));
            await stop.CancelAsync();
            await working;
        }

        var broken = faults.Violations.Concat(client.Inexcusable).ToList();
        var seconds = clock.Elapsed.TotalSeconds;
        StoreSnapshot? store = null;
        double? quiet = null;
        if (!broken.Exists(v => v.Invariant == "gets well"))
        {
            await load.ComeBackAsync();
            quiet = await Quiet.WaitAsync(world, TimeSpan.FromSeconds(Math.Max(180, options.Seconds / 2)), broken);
            var counters = await CountersAsync(client, people.Admin);
            await StopAsync(world, broken);
            store = await SnapshotAsync(world);
            broken.AddRange(new Invariants(store, counters, Received(world), promises).Check());
            broken.AddRange(Directory.GetFiles(world.Disk.Path, "*.db").SelectMany(file =>
                SqliteProbe.Damages(file).Select(damage => new Violation("files are sound", $"{Path.GetFileName(file)}: {damage}"))));
        }

        Console.WriteLine(JsonSerializer.Serialize(Report(options, world, client, promises, faults, seconds, quiet, store, broken), s_readable));
        if (options.Keep && broken.Count > 0) Keep(world);
        return broken.Count == 0 ? 0 : 1;
    }

    private static async Task<Dictionary<Guid, int>> CountersAsync(ChaosClient client, Person admin)
    {
        var counters = new Dictionary<Guid, int>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await client.Plain.MustAsync(HttpMethod.Get, $"/api/auth/users?limit=100{cursor}", admin.Token);
            foreach (var user in page.GetProperty("users").EnumerateArray()) counters[user.GetProperty("id").GetGuid()] = user.GetProperty("openTickets").GetInt32();
            cursor = page.TryGetProperty("next", out var next) && next.GetString() is { } text ? $"&cursor={Uri.EscapeDataString(text)}" : null;
        }

        return counters;
    }

    private static async Task StopAsync(ChaosWorld world, List<Violation> broken)
    {
        await world.App.SignalAsync("TERM");
        if (!await world.App.WaitForExitAsync(TimeSpan.FromSeconds(30))) broken.Add(new("ends when asked to", "still there after 30 s"));
        else if (world.App.ExitCode != 0) broken.Add(new("ends when asked to", $"with {world.App.ExitCode}: {world.App.LastLines}"));
    }

    private static async Task<StoreSnapshot> SnapshotAsync(ChaosWorld world)
    {
        var file = Path.Combine(world.Work.Path, "store.jsonl");
        await world.App.CommandAsync("export", file);
        return StoreSnapshot.Read(file);
    }

    private static List<string> Received(ChaosWorld world) => [.. world.Smtp.Messages.Select(m => m.MessageId ?? "")];

    private static void Keep(ChaosWorld world)
    {
        var kept = Directory.CreateTempSubdirectory("chaos-kept-").FullName;
        foreach (var file in Directory.GetFiles(world.Disk.Path).Concat(Directory.GetFiles(world.Work.Path))) File.Copy(file, Path.Combine(kept, Path.GetFileName(file)));
        Console.Error.WriteLine($"The data are kept in {kept}.");
    }

    private static object Report(
        ChaosOptions options, ChaosWorld world, ChaosClient client, Promises promises, Faults faults, double seconds, double? quiet, StoreSnapshot? store, List<Violation> broken)
    {
        var received = Received(world);
        return new
        {
            benchmark = "chaos",
            cores = Environment.ProcessorCount,
            seconds = Math.Round(seconds),
            options.Seed,
            store = options.Mongo ? "MongoDB (the tests' stand-in)" : "SQLite",
            fullDisk = world.Disk.Kind ?? "not possible here: no file system can be mounted, and there is no prlimit",
            faults = faults.Counts.Where(f => f.Value > 0).ToDictionary(),
            faultsTotal = faults.Counts.Values.Sum(),
            slowestRecoverySeconds = faults.SlowestRecovery,
            secondsUntilQuiet = quiet,
            posted = promises.Posts,
            accepted = promises.Accepted.Count,
            stored = store?.Tickets.Count,
            triaged = store?.Tickets.Count(t => t.Ticket!.Triage.State == TriageState.Succeeded),
            triagedOffline = store?.Tickets.Count(t => t.Ticket!.Triage.State == TriageState.Fallback),
            triages = store?.Tickets.Sum(t => t.Ticket!.Triage.Revision),
            claims = store?.Tickets.Sum(t => t.Claims?.Count ?? 0),
            changes = promises.Changes,
            comments = promises.Comments.Values.Count(c => c.Seen),
            timelineEntries = store?.Tickets.Sum(t => t.Timeline?.Count ?? 0),
            mails = store is null ? null : new
            {
                rows = store.Mails.Count,
                sent = store.Mails.Count(m => m.State == MailState.Sent),
                suppressed = store.Mails.Count(m => m.State == MailState.Suppressed),
                distinctReceived = received.Distinct().Count(),
                receivedAgain = received.Count - received.Distinct().Count(),
            },
            answers = client.Answers,
            violations = broken.GroupBy(v => v.Invariant).Select(g => new { invariant = g.Key, count = g.Count(), details = g.Take(DetailsShown).Select(v => v.Detail) }),
        };
    }
}
