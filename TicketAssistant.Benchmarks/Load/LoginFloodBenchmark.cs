using System.Globalization;
using System.Text.Json;
using TicketAssistant.Benchmarks.Engine;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>
/// Posting tickets alone, and beside a flood of log-ins with wrong passwords (limits off, so that nothing but the bound on hashing
/// holds it back). Prints one JSON object.
/// </summary>
internal static class LoginFloodBenchmark
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (!Options.TryRead(args, out var given, "--seconds", "--connections", "--flood")) return 2;
        var (seconds, connections, flood) = (given[0] ?? 15, given[1] ?? 8, given[2] ?? 200);
        using var folder = new BenchmarkFolder();
        await using var app = new AppUnderTest(folder.Path);
        await app.StartAsync();
        using var client = new LoadClient(app.Address, connections, TimeSpan.FromSeconds(30));
        var posting = new Posting(client, await Team.CreateAsync(client, moderators: 4, requesters: 8));
        var time = TimeSpan.FromSeconds(seconds);
        await posting.RunAsync(connections, TimeSpan.FromSeconds(3));

        client.Latencies = new Latencies();
        await posting.RunAsync(connections, time);
        var alone = client.Latencies.Report(seconds);

        client.Latencies = new Latencies();
        using var attacker = new LoadClient(app.Address, flood, TimeSpan.FromSeconds(60));
        using var end = new CancellationTokenSource(time);
        var attack = Task.WhenAll(Enumerable.Range(0, flood).Select(i => Task.Run(async () =>
        {
            while (!end.IsCancellationRequested)
            {
                var body = LoadBody.Of(new { email = string.Create(CultureInfo.InvariantCulture, $"nobody{i}@example.com"), password = "not this password" });
                await attacker.SendAsync("POST /api/auth/login", HttpMethod.Post, "/api/auth/login", null, body, isExpected: status => status is 401 or 503);
            }
        })));
        await posting.RunAsync(connections, time);
        var beside = client.Latencies.Report(seconds);
        await attack;
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "login-flood",
            cores = Environment.ProcessorCount,
            seconds,
            connections,
            flood,
            alone,
            beside,
            attack = attacker.Latencies.Report(seconds),
        }));
        return 0;
    }
}
