using System.Globalization;
using System.Text.Json;
using TicketAssistant.Functions.Triage.Model;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>A ticket from POST to its assignee while the model's endpoint behaves in every way that it may.</summary>
public sealed class ModelTriageTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private FakeModelServer _model = null!;
    private LocalHostHarness _app = null!;
    private ApiClient _admin = null!;
    private ApiClient _user = null!;

    public async ValueTask InitializeAsync()
    {
        _model = await FakeModelServer.StartAsync();
        _app = await InProcessApp.StartAsync(_folder.Path, new Dictionary<string, string?>
        {
            ["Gemini__ApiKey"] = "test-key",
            ["Gemini__Endpoint"] = _model.Endpoint.ToString(),
            ["Triage__MaxAttempts"] = "3",
            ["Triage__FirstRetrySeconds"] = "1",
            ["Triage__BudgetSeconds"] = "6",
            ["Triage__ModelConcurrency"] = "2",
        });
        _admin = await new ApiClient(_app.Client).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        await _admin.AddModeratorAsync("kafka@example.com", "Kafka");
        _user = await new ApiClient(_app.Client).SignUpAsync("user@example.com");
    }

    [Fact]
    public async Task A_good_answer_is_used_and_the_model_is_named()
    {
        _model.Enqueue(FakeModelReply.Good("incident", "urgent", "apache kafka"));

        var ticket = await TriageAsync();

        Is(ticket, "succeeded", "gemini", "incident", "urgent");
        Assert.Equal("gemini-test-001", Triage(ticket, "model"));
        Assert.Single(_model.Requests);
        var usage = ticket.GetProperty("triage").GetProperty("usage");
        Assert.Equal(120, usage.GetProperty("inputTokens").GetInt32());
        Assert.Equal(40, usage.GetProperty("outputTokens").GetInt32());
        Assert.Equal(TriagePrompt.Version, usage.GetProperty("promptVersion").GetInt32());
        Assert.InRange(usage.GetProperty("latencyMilliseconds").GetInt64(), 0, 30_000);
        var seen = (await _user.GetAsync($"/api/tickets/{ticket.GetProperty("id").GetString()}")).Json.GetProperty("ticket").GetProperty("triage");
        Assert.False(seen.TryGetProperty("usage", out _));
    }

    [Fact]
    public async Task Malformed_json_twice_ends_in_the_fallback()
    {
        _model.Enqueue(FakeModelReply.Malformed, FakeModelReply.Malformed);
        await IsFallbackAsync(requests: 2, "malformed");
    }

    [Fact]
    public async Task An_unknown_enum_value_is_repaired_once()
    {
        _model.Enqueue(FakeModelReply.Good("catastrophe", "high", "Kafka"), FakeModelReply.Good("bug", "high", "Kafka"));
        Is(await TriageAsync(), "succeeded", "gemini", "bug", "high");
        Assert.Equal(2, _model.Requests.Count);
    }

    [Fact]
    public async Task Empty_answers_are_retried_until_the_attempts_are_used_up()
    {
        _model.Enqueue(FakeModelReply.Empty, FakeModelReply.Empty, FakeModelReply.Empty);
        await IsFallbackAsync(requests: 3, "empty");
    }

    [Fact]
    public async Task A_short_retry_delay_is_waited_for()
    {
        _model.Enqueue(FakeModelReply.Quota("1.5s"), FakeModelReply.Good("bug", "high", "Kafka"));
        Is(await TriageAsync(), "succeeded", "gemini", "bug", "high");
        Assert.Equal(2, _model.Requests.Count);
    }

    [Fact]
    public async Task A_long_retry_delay_goes_to_the_fallback_at_once()
    {
        _model.Enqueue(FakeModelReply.Quota("3600s"));
        await IsFallbackAsync(requests: 1, "429");
    }

    [Fact]
    public async Task Two_server_errors_and_then_a_good_answer_succeed()
    {
        _model.Enqueue(FakeModelReply.Error(500), FakeModelReply.Error(500), FakeModelReply.Good("bug", "high", "Kafka"));
        Is(await TriageAsync(), "succeeded", "gemini", "bug", "high");
        Assert.Equal(3, _model.Requests.Count);
    }

    [Theory]
    [InlineData(401, "Gemini__ApiKey")]
    [InlineData(403, "Gemini__ApiKey and Gemini__Model")]
    [InlineData(404, "Gemini__Model and Gemini__Endpoint")]
    public async Task A_wrong_setting_is_final_and_an_admin_reads_in_readiness_which(int status, string setting)
    {
        _model.Otherwise = _ => FakeModelReply.Error(status);
        await IsFallbackAsync(requests: 1, $"{status}");

        var ready = await _admin.GetAsync("/api/health/ready");
        Assert.Equal("misconfigured", ready.Json.GetProperty("model").GetString());
        Assert.Equal("ready", ready.Json.GetProperty("status").GetString());
        Assert.Contains(setting, ready.Json.GetProperty("modelError").GetString(), StringComparison.Ordinal);
        Assert.False((await _user.GetAsync("/api/health/ready")).Json.TryGetProperty("modelError", out _));
        Assert.False((await new ApiClient(_app.Client).GetAsync("/api/health/ready")).Json.TryGetProperty("modelError", out _));

        // The next tickets don't ask again: they would all fare the same.
        var next = await TriageAsync();
        Assert.Contains("left alone", Triage(next, "reason"), StringComparison.Ordinal);
        Assert.Single(_model.Requests);
    }

    [Fact]
    public async Task More_tickets_than_may_be_with_the_model_at_once_come_back_to_it()
    {
        var (inside, most) = (0, 0);
        _model.Otherwise = _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            Thread.Sleep(150);
            Interlocked.Decrement(ref inside);
            return FakeModelReply.Good("bug", "high", "Kafka");
        };

        var tickets = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => TriageAsync()));

        Assert.All(tickets, ticket => Is(ticket, "succeeded", "gemini", "bug", "high"));
        Assert.InRange(most, 1, 2);
        Assert.Equal(6, _model.Requests.Count);
    }

    [Fact]
    public async Task A_blocked_answer_is_final()
    {
        _model.Enqueue(FakeModelReply.Blocked);
        await IsFallbackAsync(requests: 1, "withheld");
    }

    [Fact]
    public async Task A_hang_of_a_minute_costs_no_more_than_the_budget()
    {
        _model.Otherwise = _ => FakeModelReply.Silence(TimeSpan.FromMinutes(1));
        await IsFallbackAsync(requests: 1, "no answer within");
    }

    [Fact]
    public async Task Hostile_answers_choose_neither_a_person_nor_a_link_nor_a_role()
    {
        var hostile = FakeModelReply.Analysis("bug", "high", "Kafka");
        hostile["assignee"] = AppProcess.AdminEmail;
        hostile["role"] = "admin";
        hostile["helpfulNotes"] = "Open https://evil.example/now and log in.";
        _model.Enqueue(FakeModelReply.Answer(hostile.ToJsonString()));

        var ticket = await TriageAsync();

        Assert.Equal("kafka@example.com", ticket.GetProperty("assignedTo").GetProperty("email").GetString());
        Assert.DoesNotContain("evil.example", ticket.ToString(), StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _model.DisposeAsync();
        _folder.Dispose();
    }

    private Task<JsonElement> TriageAsync() => _user.PostAndWaitAsync(
        "Kafka consumer lags", "Our Kafka consumer group lags behind by an hour since the deployment.", _admin);

    private async Task IsFallbackAsync(int requests, string reason)
    {
        var ticket = await TriageAsync();
        Assert.Equal("fallback", Triage(ticket, "state"));
        Assert.Equal("offline", Triage(ticket, "source"));
        Assert.Contains(reason, Triage(ticket, "reason"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("kafka@example.com", ticket.GetProperty("assignedTo").GetProperty("email").GetString());
        Assert.True(requests == _model.Requests.Count, string.Create(CultureInfo.InvariantCulture, $"{requests} requests were expected, {_model.Requests.Count} came."));
    }

    private static void Is(JsonElement ticket, string state, string source, string type, string priority)
    {
        Assert.Equal(state, Triage(ticket, "state"));
        Assert.Equal(source, Triage(ticket, "source"));
        Assert.Equal(type, ticket.GetProperty("type").GetString());
        Assert.Equal(priority, ticket.GetProperty("priority").GetString());
        Assert.Equal("kafka@example.com", ticket.GetProperty("assignedTo").GetProperty("email").GetString());
    }

    private static string Triage(JsonElement ticket, string member) => ticket.GetProperty("triage").GetProperty(member).GetString()!;
}
