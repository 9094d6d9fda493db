using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>
/// The model is down while tickets pour in: nobody waits for it, and one call makes good for it later. Test__OutageTickets
/// raises the number of tickets, and leaves the app's settings as they are by default.
/// </summary>
public sealed class ModelOutageTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Clients = 32;
    private const string Fitting = "kafka@example.com";

    private static readonly int? Asked =
        int.TryParse(Environment.GetEnvironmentVariable("Test__OutageTickets"), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    private static readonly int Tickets = Asked ?? 100;

    private readonly TempFolder _folder = new();
    private FakeModelServer _model = null!;
    private TcpProxy _proxy = null!;
    private LocalHostHarness _app = null!;
    private ApiClient _admin = null!;
    private ApiClient _user = null!;

    public async ValueTask InitializeAsync()
    {
        _model = await FakeModelServer.StartAsync();
        _proxy = new TcpProxy(_model.Endpoint.Port);
        _app = await InProcessApp.StartAsync(_folder.Path, new Dictionary<string, string?>
        {
            ["Gemini__Endpoint"] = $"http://127.0.0.1:{_proxy.Port}/v1",
            ["Triage__BudgetSeconds"] = Asked is null ? "4" : "",
        });
        _admin = await new ApiClient(_app.Client).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        await _admin.AddModeratorAsync(Fitting, "Kafka");
        _user = await new ApiClient(_app.Client).SignUpAsync("user@example.com");
    }

    [Theory]
    [InlineData("refuses connections")]
    [InlineData("answers 500")]
    [InlineData("hangs")]
    public async Task All_are_assigned_within_a_minute_marked_and_triaged_again_by_one_call(string how)
    {
        if (how == "refuses connections") await _proxy.CutAsync();
        _model.Otherwise = _ => how == "hangs" ? FakeModelReply.Silence(TimeSpan.FromMinutes(5)) : FakeModelReply.Error(500);

        var watch = Stopwatch.StartNew();
        await PostAsync();
        var posted = watch.Elapsed;
        var tickets = await UntilAsync(ticket => Assignee(ticket) is not null && State(ticket) != "pending");
        var assigned = watch.Elapsed;

        Assert.True(assigned < TimeSpan.FromMinutes(1), $"It took {assigned}.");
        Assert.All(tickets, ticket =>
        {
            Assert.Equal("fallback", State(ticket));
            Assert.Equal("offline", ticket.GetProperty("triage").GetProperty("source").GetString());
            Assert.Equal(Fitting, Assignee(ticket));
        });
        var asked = _model.Requests.Count;
        Assert.True(asked < Math.Max(40, Tickets / 10), $"The model was asked {asked} times while it was down.");
        Assert.Equal("unavailable", (await _admin.GetAsync("/api/health/ready")).Json.GetProperty("model").GetString());

        if (how == "refuses connections") _proxy.Restore();
        _model.Otherwise = _ => FakeModelReply.Good("bug", "high", "Kafka");
        watch.Restart();
        var reply = await _admin.PostAsync("/api/triage/retry-fallbacks");
        var again = await _admin.PostAsync("/api/triage/retry-fallbacks");
        var retried = await UntilAsync(ticket => State(ticket) == "succeeded");
        var done = watch.Elapsed;

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.Equal(Tickets, reply.Json.GetProperty("count").GetInt32());
        Assert.Equal(HttpStatusCode.Accepted, again.Status);
        Assert.All(retried, ticket =>
        {
            Assert.Equal("gemini", ticket.GetProperty("triage").GetProperty("source").GetString());
            Assert.Equal(2, ticket.GetProperty("triage").GetProperty("revision").GetInt32());
            Assert.Equal(Fitting, Assignee(ticket));
        });
        Assert.Equal(0, (await _admin.PostAsync("/api/triage/retry-fallbacks")).Json.GetProperty("count").GetInt32());
        Assert.Equal(Tickets, _model.Requests.Count - asked);
        // Whoever had a ticket keeps it, and is not told of it again.
        var ledger = new SqliteLedger(_folder.Path);
        for (var i = 0; i < 600 && ledger.Sent().Count < Tickets; i++) await Task.Delay(50);
        Assert.Equal(Tickets, ledger.Sent().Count);
        Assert.Equal(Tickets, ledger.Rows());
        Assert.Equal(Tickets, ledger.Claims());
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Tickets} tickets while the model {how}: posted in {posted.TotalSeconds:0.0} s, all assigned after {assigned.TotalSeconds:0.0} s, the model asked {asked} times; retried in {done.TotalSeconds:0.0} s"));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _proxy.DisposeAsync();
        await _model.DisposeAsync();
        _folder.Dispose();
    }

    private async Task PostAsync()
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < Tickets;)
            {
                var reply = await _user.PostAsync("/api/tickets", new { title = $"Kafka lag {i}", description = "The Kafka consumer group lags behind." });
                Assert.Equal(HttpStatusCode.Created, reply.Status);
            }
        }));
    }

    private async Task<List<JsonElement>> UntilAsync(Func<JsonElement, bool> done)
    {
        var limit = Stopwatch.StartNew();
        List<JsonElement> tickets;
        do
        {
            await Task.Delay(Asked is null ? 100 : 500);
            tickets = await _admin.ListAllAsync("/api/tickets?assignee=all", "tickets");
        }
        while ((tickets.Count < Tickets || !tickets.All(done)) && limit.Elapsed < TimeSpan.FromMinutes(3));

        Assert.Equal(Tickets, tickets.Count);
        Assert.All(tickets, ticket => Assert.True(done(ticket), ticket.ToString()));
        return tickets;
    }

    private static string? State(JsonElement ticket) => ticket.GetProperty("triage").GetProperty("state").GetString();

    private static string? Assignee(JsonElement ticket) =>
        ticket.GetProperty("assignedTo") is { ValueKind: JsonValueKind.Object } assignee ? assignee.GetProperty("email").GetString() : null;
}
