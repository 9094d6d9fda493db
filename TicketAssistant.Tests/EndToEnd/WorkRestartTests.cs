using System.Net;
using System.Text.Json;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>
/// Tickets are given on, given back, closed and reopened by many at once while the process is killed under their hands. When all
/// is quiet everybody's counter is what a recount gives, nothing is pending, whoever has a ticket was told, and one clock runs for each.
/// </summary>
public sealed class WorkRestartTests : IAsyncDisposable
{
    private const int Clients = 16;
    private const int Changes = 100;
    private const int Tickets = 12;

    private readonly TempFolder _folder = new();
    private MongoTestDatabase? _mongo;

    [Theory]
    [InlineData("store.commit", "durable.commit")]
    [InlineData("mail.sent", "store.commit")]
    public Task Killed_twice_amid_a_hundred_changes_the_counters_equal_a_recount(string first, string second) =>
        RunAsync(first, second, new SqliteLedger(_folder.Path));

    [Theory]
    [InlineData("store.commit", "durable.commit")]
    public Task The_same_holds_on_MongoDB(string first, string second)
    {
        _mongo = MongoTestDatabase.Open();
        return RunAsync(first, second, new MongoLedger(_mongo.Store.Database));
    }

    private async Task RunAsync(string first, string second, ILedger ledger)
    {
        var log = _folder.File("killed.log");
        await using var app = new AppProcess(_folder, new Dictionary<string, string?>
        {
            ["Smtp__TimeoutSeconds"] = "1",
            ["Mongo__ConnectionString"] = _mongo?.ConnectionString ?? "",
            ["Mongo__Database"] = _mongo?.Name ?? "",
        });
        using var http = new HttpClient { BaseAddress = app.BaseAddress, Timeout = TimeSpan.FromSeconds(10) };
        await app.StartAsync();
        var admin = await new ApiClient(http).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        var staff = new List<string>();
        foreach (var name in new[] { "one", "two", "three" })
        {
            var moderator = await admin.AddModeratorAsync($"{name}@example.com", "Kafka");
            staff.Add((await moderator.GetAsync("/api/auth/me")).Json.GetProperty("user").GetProperty("id").GetString()!);
        }

        var user = await new ApiClient(http).SignUpAsync("user@example.com");
        var tickets = new List<string>();
        for (var i = 0; i < Tickets; i++) tickets.Add((await user.PostAndWaitAsync($"Kafka lag {i}", "The Kafka consumer group lags behind by an hour.", admin)).GetProperty("id").GetString()!);
        await app.KillAsync();

        var (firstKill, secondKill) = ($"{first}:8", $"{second}:12");
        await app.StartAsync(firstKill, log);
        var changing = ChangeAllAsync(admin, tickets, staff);
        await app.WaitForExitAsync(TimeSpan.FromSeconds(60));
        await app.StartAsync(secondKill, log, waitUntilReady: false);
        await app.WaitForExitAsync(TimeSpan.FromSeconds(60));
        await app.StartAsync();
        await changing;

        Assert.Equal([firstKill, secondKill], await File.ReadAllLinesAsync(log));
        await CheckAsync(app, admin, ledger);
        await CheckClocksAsync(admin);
    }

    private static async Task ChangeAllAsync(ApiClient admin, List<string> tickets, List<string> staff)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < Changes;) await ChangeAsync(admin, tickets[i % Tickets], i, staff);
        }));
    }

    /// <summary>Until it is made, on whatever the ticket has become meanwhile.</summary>
    private static async Task ChangeAsync(ApiClient admin, string id, int number, List<string> staff)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            try
            {
                var read = await admin.GetAsync($"/api/tickets/{id}");
                if (read.Status == HttpStatusCode.OK)
                {
                    var ticket = read.Json.GetProperty("ticket");
                    var version = ticket.GetProperty("version").GetInt64();
                    var isDone = ticket.GetProperty("status").GetString() == "DONE";
                    var to = staff[number % staff.Count];
                    object change = (number % 4, isDone) switch
                    {
                        (0, false) => new { version, status = "DONE" },
                        (0 or 1, true) => new { version, status = "TODO" },
                        (3, false) => new { version, assignedTo = (string?)null },
                        (_, true) => new { version, status = "TODO", assignedTo = to },
                        _ => new { version, assignedTo = to },
                    };
                    if ((await admin.SendAsync(HttpMethod.Patch, $"/api/tickets/{id}", change)).Status == HttpStatusCode.OK) return;
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Killed under our hands: nobody knows whether it was made.
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"Change {number} was never made.");
    }

    private static async Task CheckAsync(AppProcess app, ApiClient admin, ILedger ledger)
    {
        List<JsonElement> tickets = [];
        var untold = new List<string>();
        for (var i = 0; i < 1800; i++)
        {
            tickets = await admin.ListAllAsync("/api/tickets?assignee=all", "tickets");
            // What was given back is handed out again; what takes up effects that were left comes twice a minute.
            var isQuiet = ledger.Effects() == 0 && tickets.All(t => IsDone(t) || IsAssigned(t));
            if (isQuiet)
            {
                var sent = ledger.Sent();
                untold = [.. tickets.Where(t => !IsDone(t)).Where(t => IsAssigned(t) && !WasTold(t, sent)).Select(t => t.ToString())];
                if (untold.Count == 0) break;
            }

            await Task.Delay(50);
        }

        Assert.True(ledger.Effects() == 0, $"{ledger.Effects()} effects are pending.\n{app.Output}");
        Assert.All(tickets, ticket => Assert.True(IsDone(ticket) || IsAssigned(ticket), ticket.ToString()));
        Assert.Empty(untold);

        var counted = tickets.Where(t => !IsDone(t)).CountBy(t => Assignee(t, "email")).ToDictionary();
        var people = await admin.ListAllAsync("/api/auth/users", "users");
        Assert.All(people, person => Assert.Equal(
            counted.GetValueOrDefault(person.GetProperty("email").GetString()!), person.GetProperty("openTickets").GetInt32()));

        foreach (var ticket in tickets)
        {
            var all = await admin.ListAllAsync($"/api/tickets/{ticket.GetProperty("id").GetString()}/timeline", "entries");
            var entries = all.FindAll(e => e.GetProperty("kind").GetString() != "mailed");
            Assert.Equal(Enumerable.Range(1, entries.Count), entries.Select(e => e.GetProperty("seq").GetInt32()));
            Assert.Equal(IsDone(ticket) ? "DONE" : "TODO", Last("status") ?? "TODO");
            Assert.Equal(IsAssigned(ticket) ? Assignee(ticket, "name") : null, Last("assignedTo"));

            string? Last(string field) => entries.LastOrDefault(e => e.TryGetProperty("field", out var f) && f.GetString() == field) is { ValueKind: JsonValueKind.Object } entry
                && entry.TryGetProperty("to", out var to) ? to.GetString() : null;
        }
    }

    /// <summary>The admin, who does all this, is told of nothing that they did; of what was handed out to them they are.</summary>
    private static bool WasTold(JsonElement ticket, List<string> sent)
    {
        var mail = $"assigned.{Guid.Parse(ticket.GetProperty("id").GetString()!):N}.{Guid.Parse(Assignee(ticket, "id")):N}.";
        return sent.Exists(id => id.StartsWith(mail, StringComparison.Ordinal));
    }

    /// <summary>Each open ticket awaits its assignee, and exactly one clock runs for that; none runs for a closed one.</summary>
    private async Task CheckClocksAsync(ApiClient admin)
    {
        var tickets = await admin.ListAllAsync("/api/tickets?assignee=all", "tickets");
        Assert.All(tickets, ticket => Assert.Equal(!IsDone(ticket), ticket.TryGetProperty("acknowledgeBy", out _)));
        var expected = tickets.Where(ticket => !IsDone(ticket)).Select(ticket => ticket.GetProperty("id").GetString()!).Order().ToList();
        var key = (await File.ReadAllTextAsync(_folder.File("management-key.txt"))).Trim();
        List<string> running = [];
        for (var i = 0; i < 100; i++)
        {
            var instances = (await admin.GetAsync($"/runtime/webhooks/durabletask/instances?instanceIdPrefix=ack-&runtimeStatus=Running,Pending&top=1000&code={key}")).Json;
            running = [.. instances.EnumerateArray().Select(instance => instance.GetProperty("instanceId").GetString()![4..40]).Order()];
            if (running.SequenceEqual(expected)) return;
            await Task.Delay(100);
        }

        Assert.Equal(expected, running);
    }

    private static bool IsDone(JsonElement ticket) => ticket.GetProperty("status").GetString() == "DONE";

    private static bool IsAssigned(JsonElement ticket) => ticket.GetProperty("assignedTo").ValueKind == JsonValueKind.Object;

    private static string Assignee(JsonElement ticket, string part) => ticket.GetProperty("assignedTo").GetProperty(part).GetString()!;

    public async ValueTask DisposeAsync()
    {
        if (_mongo is not null) await _mongo.DisposeAsync();
        _folder.Dispose();
    }
}
