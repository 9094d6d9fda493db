using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using MongoDB.Driver;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>MongoDB goes away for ten seconds while tickets pour in, and comes back.</summary>
public sealed class MongoAwayTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private MongoTestDatabase? _mongo;

    [Fact]
    public async Task While_it_is_away_requests_get_a_503_soon_and_afterwards_no_accepted_ticket_is_missing()
    {
        _mongo = MongoTestDatabase.Open();
        var url = new MongoUrlBuilder(_mongo.ConnectionString);
        await using var proxy = new TcpProxy(url.Server.Port);
        url.Server = new MongoServerAddress("127.0.0.1", proxy.Port);
        url.DirectConnection = true;
        await using var app = await InProcessApp.StartAsync(_folder.Path, new Dictionary<string, string?>
        {
            ["Mongo__ConnectionString"] = url.ToString(),
            ["Mongo__Database"] = _mongo.Name,
        });
        var admin = await new ApiClient(app.Client).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        await admin.AddModeratorAsync("kafka@example.com", "Kafka");
        var user = await new ApiClient(app.Client).SignUpAsync("user@example.com");

        var accepted = new ConcurrentBag<string>();
        var refused = new ConcurrentBag<TimeSpan>();
        using var stop = new CancellationTokenSource();
        var load = Task.WhenAll(Enumerable.Range(0, 4).Select(client => PostUntilAsync(user, client, accepted, refused, stop.Token)));
        await Task.Delay(TimeSpan.FromSeconds(2));
        await proxy.CutAsync();
        await Task.Delay(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await new ApiClient(app.Client).GetAsync("/api/health/ready")).Status);
        proxy.Restore();
        await Task.Delay(TimeSpan.FromSeconds(4));
        await stop.CancelAsync();
        await load;

        Assert.NotEmpty(refused);
        // 5 s is the promise; the rest is the machine's.
        Assert.True(refused.Max() < TimeSpan.FromSeconds(10), $"The slowest 503 took {refused.Max()}.");
        foreach (var id in accepted)
            await admin.WaitForTicketAsync(id, ticket => ticket.GetProperty("assignedTo").ValueKind == JsonValueKind.Object);
        Assert.Equal(accepted.Count, (await admin.ListAllAsync("/api/tickets?assignee=all", "tickets")).Count);
    }

    public async ValueTask DisposeAsync()
    {
        if (_mongo is not null) await _mongo.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task PostUntilAsync(
        ApiClient user, int client, ConcurrentBag<string> accepted, ConcurrentBag<TimeSpan> refused, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            while (true)
            {
                var started = Stopwatch.GetTimestamp();
                var reply = await user.PostAsync(
                    "/api/tickets", new { title = $"Kafka lags {client}-{i}", description = "The Kafka consumer lags." }, ("Idempotency-Key", $"{client}-{i}"));
                if (reply.Status is HttpStatusCode.Created or HttpStatusCode.OK)
                {
                    accepted.Add(reply.Json.GetProperty("ticket").GetProperty("id").GetString()!);
                    break;
                }

                reply.IsProblem(HttpStatusCode.ServiceUnavailable);
                refused.Add(Stopwatch.GetElapsedTime(started));
                await Task.Delay(100, CancellationToken.None);
            }

            await Task.Delay(50, CancellationToken.None);
        }
    }
}
