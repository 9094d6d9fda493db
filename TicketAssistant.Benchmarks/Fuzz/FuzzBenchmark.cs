using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using TicketAssistant.Benchmarks.Engine;
using TicketAssistant.Benchmarks.Load;

namespace TicketAssistant.Benchmarks.Fuzz;

/// <summary>
/// Attacks the app, in a process of its own, with what its OpenAPI document has as examples, changed at random: no server error, no
/// stack trace, no answer that the document doesn't say, and nothing of one user for another. Prints one JSON object; exit code 1
/// where something was found.
/// </summary>
internal static class FuzzBenchmark
{
    private const int Workers = 4;

    private static readonly JsonSerializerOptions s_readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(string[] args)
    {
        if (!Options.TryRead(args, out var given, "--seconds", "--seed")) return 2;
        var seconds = given[0] ?? 60;
        var seed = given[1] ?? Random.Shared.Next(1, int.MaxValue);
        using var folder = new BenchmarkFolder();
        // Attackers lose their tokens and sign up again all the time: that must not be most of the work.
        await using var app = new AppUnderTest(folder.Path, ("Passwords__WorkFactor", "4"), ("Passwords__AllowWeakForTests", "true"));
        await app.StartAsync();
        using var client = new LoadClient(app.Address, 8, TimeSpan.FromSeconds(30));
        using var world = await FuzzWorld.CreateAsync(client, app.Port);
        var document = await client.MustAsync(HttpMethod.Get, "/openapi.json", null);
        var run = new Run(app, world, ApiOperation.Read(document.GetRawText()), TimeSpan.FromSeconds(seconds));

        using var listening = new CancellationTokenSource();
        var listener = run.ListenAsync(listening.Token);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => Task.Run(() => run.AttackAsync(new Random(unchecked((seed * 31) + worker))))));
        await listening.CancelAsync();
        await listener;
        await run.CheckHealthAsync(client);
        Console.WriteLine(JsonSerializer.Serialize(run.Report(seed, seconds), s_readable));
        return run.Findings.Any ? 1 : 0;
    }

    private sealed class Run(AppUnderTest app, FuzzWorld world, IReadOnlyList<ApiOperation> operations, TimeSpan time)
    {
        private readonly ConcurrentDictionary<string, int> _statuses = new();
        private readonly ConcurrentDictionary<string, int> _tried = new();
        private readonly Stopwatch _clock = Stopwatch.StartNew();
        private int _requests;
        private int _broken;
        private int _comparisons;
        private int _events;

        public FuzzFindings Findings { get; } = new(world);

        public async Task AttackAsync(Random random)
        {
            var maker = new RequestMaker(operations, world, new Mutator(random));
            while (_clock.Elapsed < time && !app.HasExited)
            {
                var token = world.TokenOf(Caller.User);
                var moderator = world.TokenOf(Caller.Moderator);
                var request = maker.Next();
                if (await SendAsync(request, request.Bytes) is not { } reply) continue;
                Findings.Judge(request, reply);
                if (request.TwinBytes is { } twinBytes && await SendAsync(request, twinBytes) is { } twin)
                {
                    Interlocked.Increment(ref _comparisons);
                    Findings.Compare(request, reply, twin);
                }

                if (reply.Status == 401) await world.RenewAsync(request.Caller, request.Caller == Caller.User ? await DeadAsync(token) : await DeadAsync(moderator));
            }
        }

        /// <summary>Listens as the attacker to everything that they may hear.</summary>
        public async Task ListenAsync(CancellationToken end)
        {
            using var http = new HttpClient { BaseAddress = app.Address, Timeout = Timeout.InfiniteTimeSpan };
            while (!end.IsCancellationRequested)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/api/events");
                request.Headers.Authorization = new("Bearer", world.TokenOf(Caller.User));
                try
                {
                    using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, end);
                    using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(end));
                    while (await lines.ReadLineAsync(end) is { } line)
                    {
                        if (line.StartsWith("data:", StringComparison.Ordinal)) Interlocked.Increment(ref _events);
                        if (line.Contains(world.Mark, StringComparison.Ordinal) || line.Contains(world.Foreign, StringComparison.Ordinal)) Findings.Add("leak: events", "GET /api/events", line);
                    }

                    // The token may have died: by then there is another one.
                    await Task.Delay(200, end);
                }
                catch (Exception e) when (e is OperationCanceledException or HttpRequestException or IOException)
                {
                    // The end, or a stream that was cut off with its token.
                }
            }
        }

        public async Task CheckHealthAsync(LoadClient client)
        {
            if (app.HasExited) Findings.Add("the process ended", "", app.LastLines);
            else if ((await client.SendAsync("ready", HttpMethod.Get, "/api/health/ready", null))?.Status != 200) Findings.Add("not ready at the end", "GET /api/health/ready", app.LastLines);
        }

        public object Report(int seed, int seconds) => new
        {
            benchmark = "fuzz",
            seed,
            seconds,
            requests = _requests,
            brokenRequests = _broken,
            comparisons = _comparisons,
            eventsSeen = _events,
            distinctRoutes = _tried.Count,
            routesInDocument = operations.Count,
            routesNotTried = operations.Select(operation => operation.Id).Except(_tried.Keys),
            statuses = new SortedDictionary<string, int>(_statuses, StringComparer.Ordinal),
            findings = Findings.All,
        };

        // A wrong or missing token was tried on purpose more often than the right one has died.
        private async Task<string> DeadAsync(string token)
        {
            var me = new FuzzRequest(System.Text.Encoding.Latin1.GetBytes($"GET /api/auth/me HTTP/1.1\r\nHost: localhost:{world.Port}\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\r\n"), null, Caller.User);
            return await SendAsync(me, me.Bytes) is { Status: 401 } ? token : "none";
        }

        private async Task<FuzzReply?> SendAsync(FuzzRequest request, byte[] bytes)
        {
            Interlocked.Increment(ref _requests);
            if (request.Operation is null) Interlocked.Increment(ref _broken);
            else _tried.AddOrUpdate(request.Operation.Id, 1, (_, count) => count + 1);
            try
            {
                var reply = await RawConnection.SendAsync(app.Port, bytes);
                _statuses.AddOrUpdate(reply.Status == 0 ? "none" : reply.Status.ToString(CultureInfo.InvariantCulture), 1, (_, count) => count + 1);
                return reply;
            }
            catch (TimeoutException e)
            {
                Findings.Add($"no end: {request.Operation?.Id ?? "broken request"}", request.Shown, e.Message);
                return null;
            }
            catch (System.Net.Sockets.SocketException e)
            {
                Findings.Add("not reachable", request.Shown, e.Message);
                return null;
            }
        }
    }
}
