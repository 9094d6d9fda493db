using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using TicketAssistant.Benchmarks.Engine;

namespace TicketAssistant.Benchmarks.Load;

/// <summary>
/// Whether the time of an answer tells an address with an account from one without: log-ins with a wrong password, and requests for a
/// new one, for both in turn and in random order, one after the other. Prints one JSON object with the medians and two tests; exit
/// code 1 where either tells them apart (p below 0.001) by more than half a percent of the median.
/// </summary>
internal static class LoginTimingBenchmark
{
    private const double Alpha = 0.001;
    private const double MostDifference = 0.005;

    public static async Task<int> RunAsync(string[] args)
    {
        if (!Options.TryRead(args, out var given, "--samples")) return 2;
        var samples = given[0] ?? 300;
        using var folder = new BenchmarkFolder();
        await using var app = new AppUnderTest(folder.Path);
        await app.StartAsync();
        using var client = new LoadClient(app.Address, 4, TimeSpan.FromSeconds(30));
        for (var i = 0; i < 20; i++)
            await client.MustAsync(HttpMethod.Post, "/api/auth/signup", null, new { email = Known(i), password = "a long password" });

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 1 }) { BaseAddress = app.Address };
        var login = await MeasureAsync(http, "/api/auth/login", email => new { email, password = "not this password" }, samples, expected: 401);
        var forgot = await MeasureAsync(http, "/api/auth/forgot", email => new { email }, samples * 3, expected: 202);
        Console.WriteLine(JsonSerializer.Serialize(new { benchmark = "login-timing", cores = Environment.ProcessorCount, alpha = Alpha, login = login.Report, forgot = forgot.Report }));
        return login.TellsApart || forgot.TellsApart ? 1 : 0;
    }

    private static async Task<(object Report, bool TellsApart)> MeasureAsync(HttpClient http, string path, Func<string, object> body, int samples, int expected)
    {
        var random = new Random(20260504);
        var (known, unknown) = (new List<double>(samples), new List<double>(samples));
        for (var i = -10; i < samples; i++) // the first ones warm up
        {
            var firstKnown = random.Next(2) == 0;
            foreach (var isKnown in (bool[])[firstKnown, !firstKnown])
            {
                var email = isKnown ? Known(random.Next(20)) : string.Create(CultureInfo.InvariantCulture, $"unknown{random.Next(20)}@example.com");
                using var content = JsonContent.Create(body(email));
                await content.LoadIntoBufferAsync();
                var start = Stopwatch.GetTimestamp();
                using var response = await http.PostAsync(path, content);
                var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                if ((int)response.StatusCode != expected) throw new InvalidOperationException($"{path} answered {(int)response.StatusCode}.");
                if (i >= 0) (isKnown ? known : unknown).Add(took);
            }
        }

        var (welch, rank) = (Samples.WelchP(known, unknown), Samples.RankP(known, unknown));
        var difference = Math.Abs(Samples.Median(known) - Samples.Median(unknown));
        var tells = (welch < Alpha || rank < Alpha) && difference > MostDifference * Samples.Median(unknown);
        return (new
        {
            samples,
            medianKnownMilliseconds = Math.Round(Samples.Median(known), 3),
            medianUnknownMilliseconds = Math.Round(Samples.Median(unknown), 3),
            meanKnownMilliseconds = Math.Round(known.Average(), 3),
            meanUnknownMilliseconds = Math.Round(unknown.Average(), 3),
            welchP = Math.Round(welch, 5),
            mannWhitneyP = Math.Round(rank, 5),
            tellsApart = tells,
        }, tells);
    }

    private static string Known(int i) => string.Create(CultureInfo.InvariantCulture, $"known{i}@example.com");
}
