using System.Net;
using System.Text.Json;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>Who gets which ticket, through the whole app with the offline analyser.</summary>
public sealed class AssignmentTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private LocalHostHarness _app = null!;
    private ApiClient _admin = null!;
    private ApiClient _user = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await InProcessApp.StartAsync(_folder.Path);
        _admin = await new ApiClient(_app.Client).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        _user = await new ApiClient(_app.Client).SignUpAsync("user@example.com");
    }

    [Fact]
    public async Task Two_equal_moderators_share_200_tickets_of_32_clients_to_within_one()
    {
        await _admin.AddModeratorAsync("one@example.com", "Kafka");
        await _admin.AddModeratorAsync("two@example.com", "apache kafka");
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < 200;)
            {
                var reply = await _user.PostAsync("/api/tickets", new { title = $"Kafka {i}", description = "The Kafka consumer lags." });
                Assert.Equal(HttpStatusCode.Created, reply.Status);
            }
        }));

        List<JsonElement> tickets = [];
        for (var i = 0; i < 600; i++)
        {
            tickets = await _admin.ListAllAsync("/api/tickets?assignee=all", "tickets");
            if (tickets.All(t => Assignee(t) is not null)) break;
            await Task.Delay(50);
        }

        var shares = tickets.CountBy(t => Assignee(t)!).ToDictionary();
        Assert.Equal(200, shares.Values.Sum());
        Assert.Equal(["one@example.com", "two@example.com"], shares.Keys.Order());
        Assert.InRange(Math.Abs(shares["one@example.com"] - shares["two@example.com"]), 0, 1);
    }

    // The first has the skill that the ticket names; the others look alike and must not get it.
    [Theory]
    [InlineData("Java", "java", "JavaScript")]
    [InlineData("JavaScript", "JavaScript", "Java")]
    [InlineData("C", "C language", "C++", "C#", "CSS")]
    [InlineData("C#", "C#", "C", "C++", "CSS")]
    [InlineData("React", "React.js", "Angular")]
    [InlineData("k8s", "Kubernetes", "Docker")]
    [InlineData(".NET", "dotnet", "Node.js")]
    [InlineData("golang", "Go", "Django")]
    public async Task Whole_names_and_aliases_decide_never_parts_of_names(string asked, string fitting, params string[] others)
    {
        for (var i = 0; i < others.Length; i++) await _admin.AddModeratorAsync($"other{i}@example.com", others[i]);
        await _admin.AddModeratorAsync("fitting@example.com", fitting);

        var ticket = await _user.PostAndWaitAsync($"Build error in our {asked} code", $"Since the upgrade the {asked} compiler stops with an error in our {asked} service.", _admin);

        Assert.Equal("fitting@example.com", Assignee(ticket));
    }

    [Fact]
    public async Task What_only_look_alikes_could_take_goes_to_an_admin()
    {
        await _admin.AddModeratorAsync("js@example.com", "JavaScript");
        var ticket = await _user.PostAndWaitAsync("Java heap space", "java.lang.OutOfMemoryError: Java heap space in our Java service.", _admin);
        Assert.Equal(AppProcess.AdminEmail, Assignee(ticket));
    }

    [Fact]
    public async Task While_all_who_fit_are_away_a_ticket_waits_and_is_handed_out_when_one_is_back()
    {
        var moderator = await _admin.AddModeratorAsync("kafka@example.com", "Kafka");
        await moderator.SendAsync(HttpMethod.Patch, "/api/auth/me", new { away = true });
        var posted = await _user.PostAsync("/api/tickets", new { title = "Kafka lags", description = "The Kafka consumer lags." });
        var id = posted.Json.GetProperty("ticket").GetProperty("id").GetString()!;
        var waiting = await _admin.WaitForTicketAsync(id, t => t.TryGetProperty("assignment", out _));
        Assert.Null(Assignee(waiting));
        Assert.Contains("away", waiting.GetProperty("assignment").GetProperty("reason").GetString()!, StringComparison.Ordinal);
        // The triage says so a moment after the ticket does.
        for (var i = 0; i < 200 && await StepAsync(id) != "waiting_for_assignee"; i++) await Task.Delay(50);
        Assert.Equal("waiting_for_assignee", await StepAsync(id));

        await moderator.SendAsync(HttpMethod.Patch, "/api/auth/me", new { away = false });

        await _admin.WaitForTicketAsync(id, t => Assignee(t) == "kafka@example.com");
        var ledger = new SqliteLedger(_folder.Path);
        for (var i = 0; i < 200 && ledger.Sent().Count == 0; i++) await Task.Delay(50);
        Assert.Single(ledger.Sent());
    }

    [Fact]
    public async Task At_capacity_a_moderator_gets_no_more_and_the_most_urgent_waiting_ticket_comes_first()
    {
        await _admin.AddModeratorAsync("kafka@example.com", "Kafka");
        await _admin.PostAsync("/api/auth/update-user", new { email = "kafka@example.com", capacity = 1 });
        await _user.PostAndWaitAsync("Kafka lags", "The Kafka consumer lags.", _admin);
        var low = await PostWaitingAsync("Kafka question", "How do I read a Kafka topic? No hurry at all, whenever you have time.");
        var urgent = await PostWaitingAsync("Kafka is down for everybody", "URGENT: all Kafka brokers are down in production, the whole company cannot work, data loss.");

        await _admin.PostAsync("/api/auth/update-user", new { email = "kafka@example.com", capacity = 2 });

        await _admin.WaitForTicketAsync(urgent, t => Assignee(t) == "kafka@example.com");
        Assert.Null(Assignee((await _admin.GetAsync($"/api/tickets/{low}")).Json.GetProperty("ticket")));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<string?> StepAsync(string id) => (await _admin.GetAsync($"/api/tickets/{id}/triage")).Json.GetProperty("step").GetString();

    private async Task<string> PostWaitingAsync(string title, string description)
    {
        var posted = await _user.PostAsync("/api/tickets", new { title, description });
        var id = posted.Json.GetProperty("ticket").GetProperty("id").GetString()!;
        await _admin.WaitForTicketAsync(id, t => t.TryGetProperty("assignment", out _));
        return id;
    }

    private static string? Assignee(JsonElement ticket) =>
        ticket.GetProperty("assignedTo") is { ValueKind: JsonValueKind.Object } assignee ? assignee.GetProperty("email").GetString() : null;
}
