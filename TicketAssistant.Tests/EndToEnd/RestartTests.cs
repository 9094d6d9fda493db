using System.Net;
using System.Text.Json;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>
/// A real process is killed, as by kill -9, at named points while tickets pour in, and started again on the same data. The
/// number of tickets can be raised by Test__RestartTickets.
/// </summary>
public sealed class RestartTests : IAsyncDisposable
{
    private const int Clients = 16;

    private static readonly int Tickets = int.TryParse(Environment.GetEnvironmentVariable("Test__RestartTickets"), out var n) ? n : 60;

    private readonly TempFolder _folder = new();
    private MongoTestDatabase? _mongo;

    // After every commit of the engine, every commit of the store, every answer of the model, every mail that went out.
    [Theory]
    [InlineData("durable.commit", "store.commit")]
    [InlineData("store.commit", "durable.commit")]
    [InlineData("mail.sent", "durable.commit")]
    [InlineData("mail.sent", "store.commit")]
    [InlineData("model.answered", "mail.sent")]
    public Task Killed_twice_in_the_middle_every_accepted_ticket_is_assigned_once_and_its_mail_sent_once(string first, string second) =>
        RunAsync(first, second, new SqliteLedger(_folder.Path));

    [Theory]
    [InlineData("durable.commit", "mail.sent")]
    [InlineData("mail.sent", "durable.commit")]
    [InlineData("store.commit", "mail.sent")]
    public Task The_same_holds_on_MongoDB(string first, string second)
    {
        _mongo = MongoTestDatabase.Open();
        return RunAsync(first, second, new MongoLedger(_mongo.Store.Database));
    }

    private async Task RunAsync(string first, string second, ILedger ledger)
    {
        var log = _folder.File("killed.log");
        await using var model = await FakeModelServer.StartAsync();
        model.Otherwise = _ => FakeModelReply.Good("bug", "high", "Kafka");
        // A process that dies while it sends holds the right to send for the time limit and ten seconds more.
        await using var app = new AppProcess(_folder, new Dictionary<string, string?>
        {
            ["Smtp__TimeoutSeconds"] = "1",
            ["Gemini__Endpoint"] = first == "model.answered" ? model.Endpoint.ToString() : "",
            ["Mongo__ConnectionString"] = _mongo?.ConnectionString ?? "",
            ["Mongo__Database"] = _mongo?.Name ?? "",
        });
        using var http = new HttpClient { BaseAddress = app.BaseAddress, Timeout = TimeSpan.FromSeconds(10) };

        await app.StartAsync();
        var admin = await new ApiClient(http).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        await admin.AddModeratorAsync("one@example.com", "Kafka");
        await admin.AddModeratorAsync("two@example.com", "Kafka");
        var user = await new ApiClient(http).SignUpAsync("user@example.com");
        await app.KillAsync();

        // Early enough that work is left: one commit may hold several writes.
        var (firstKill, secondKill) = ($"{first}:{Tickets / 10}", $"{second}:{Tickets / 10}");
        await app.StartAsync(firstKill, log);
        var posting = PostAllAsync(http, user);
        await app.WaitForExitAsync(TimeSpan.FromSeconds(60));
        await app.StartAsync(secondKill, log, waitUntilReady: false);
        await app.WaitForExitAsync(TimeSpan.FromSeconds(60));
        await app.StartAsync();
        var accepted = await posting;

        // Each point was hit: the process itself wrote it down before it killed itself.
        Assert.Equal([firstKill, secondKill], await File.ReadAllLinesAsync(log));
        Assert.Equal(Tickets, accepted.Distinct().Count());
        await CheckAsync(app, admin, accepted, ledger);
    }

    private static async Task<List<string>> PostAllAsync(HttpClient http, ApiClient user)
    {
        var next = -1;
        var accepted = new List<string>();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < Tickets;)
            {
                var id = await PostAsync(http, user, i);
                lock (accepted) accepted.Add(id);
            }
        }));
        return accepted;
    }

    /// <summary>As a careful client does it: the same Idempotency-Key until there is an answer.</summary>
    private static async Task<string> PostAsync(HttpClient http, ApiClient user, int number)
    {
        var client = new ApiClient(http, user.Token);
        for (var attempt = 0; attempt < 300; attempt++)
        {
            try
            {
                var reply = await client.PostAsync(
                    "/api/tickets", new { title = $"Kafka lag {number}", description = "The Kafka consumer group lags behind by an hour." },
                    ("Idempotency-Key", $"ticket-{number}"));
                if (reply.Status is HttpStatusCode.Created or HttpStatusCode.OK) return reply.Json.GetProperty("ticket").GetProperty("id").GetString()!;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Killed under our hands: nobody knows whether it was accepted.
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"Ticket {number} was never accepted.");
    }

    private async Task CheckAsync(AppProcess app, ApiClient admin, List<string> accepted, ILedger ledger)
    {
        List<JsonElement> tickets = [];
        for (var i = 0; i < 1200; i++)
        {
            tickets = await admin.ListAllAsync("/api/tickets?assignee=all", "tickets");
            if (tickets.Count == Tickets && tickets.All(IsAssigned) && ledger.Sent().Count == Tickets) break;
            await Task.Delay(50);
        }

        Assert.True(tickets.Count == Tickets, $"{tickets.Count} of {Tickets} tickets are stored.\n{app.Output}");
        Assert.All(tickets, ticket => Assert.True(IsAssigned(ticket), ticket.ToString()));
        Assert.Equal(accepted.Order(), tickets.Select(t => t.GetProperty("id").GetString()!).Order());

        // One claim a ticket, and the counters are what a recount gives.
        var counted = tickets.CountBy(t => t.GetProperty("assignedTo").GetProperty("email").GetString()!).ToDictionary();
        var people = await admin.ListAllAsync("/api/auth/users", "users");
        Assert.All(people, person => Assert.Equal(
            counted.GetValueOrDefault(person.GetProperty("email").GetString()!), person.GetProperty("openTickets").GetInt32()));
        Assert.Equal(Tickets, ledger.Claims());

        // One mail owed and sent a ticket; a file a Message-ID, because a repeat has the same.
        var sent = ledger.Sent();
        Assert.Equal(Tickets, sent.Count);
        Assert.Equal(Tickets, ledger.Rows());
        Assert.Equal(Tickets, sent.Distinct().Count());
        Assert.Equal(Tickets, Directory.GetFiles(Path.Combine(_folder.Path, "mail"), "assigned.*.eml").Length);
    }

    private static bool IsAssigned(JsonElement ticket) => ticket.GetProperty("assignedTo").ValueKind == JsonValueKind.Object;

    public async ValueTask DisposeAsync()
    {
        if (_mongo is not null) await _mongo.DisposeAsync();
        _folder.Dispose();
    }
}
