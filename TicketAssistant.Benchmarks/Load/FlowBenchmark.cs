using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TicketAssistant.Benchmarks.Engine;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>
/// From the first POST to the last mail: tickets posted over 64 connections, each triaged by the offline analyser, assigned and
/// mailed to a file. Prints one JSON object.
/// </summary>
internal static class FlowBenchmark
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (!Options.TryRead(args, out var given, "--tickets", "--connections")) return 2;
        var (tickets, connections) = (given[0] ?? 20_000, given[1] ?? 64);
        using var folder = new BenchmarkFolder();
        await using var app = new AppUnderTest(folder.Path);
        await app.StartAsync();
        using var client = new LoadClient(app.Address, connections, TimeSpan.FromSeconds(30));
        var posting = new Posting(client, await Team.CreateAsync(client, moderators: 8, requesters: 16));

        var clock = Stopwatch.StartNew();
        var accepted = await posting.RunAsync(connections, TimeSpan.FromMinutes(10), tickets);
        var posted = clock.Elapsed.TotalSeconds;
        var ledger = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder.Path, "tickets.db"), Pooling = false }.ToString();
        var sent = 0L;
        while ((sent = Sent(ledger)) < accepted && clock.Elapsed < TimeSpan.FromMinutes(10)) await Task.Delay(50);
        var all = clock.Elapsed.TotalSeconds;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "load flow",
            cores = Environment.ProcessorCount,
            tickets,
            accepted,
            assignedAndMailed = sent,
            secondsToLastAnswer = Math.Round(posted, 1),
            secondsToLastMail = Math.Round(all, 1),
            ticketsPerSecond = Math.Round(sent / all),
            routes = client.Latencies.Report(posted),
            app = ProcessFigures.Of(app),
        }));
        return sent == tickets ? 0 : 1;
    }

    private static long Sent(string ledger)
    {
        using var file = new SqliteConnection(ledger);
        file.Open();
        using var count = file.CreateCommand();
        count.CommandText = "SELECT count(DISTINCT message_id) FROM mail WHERE kind = 'assigned' AND sent_at IS NOT NULL";
        return (long)count.ExecuteScalar()!;
    }
}
