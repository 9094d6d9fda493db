using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>Supervised mode through the whole app: a proposal waits for a person, and goes ahead with or without one.</summary>
public sealed class SupervisedModeTests : IAsyncLifetime
{
    private const string Kafka = "kafka@example.com";
    private const string Billing = "billing@example.com";

    private readonly TempFolder _folder = new();
    private FakeModelServer _model = null!;
    private LocalHostHarness _app = null!;
    private ApiClient _admin = null!;
    private ApiClient _moderator = null!;
    private ApiClient _user = null!;

    public async ValueTask InitializeAsync()
    {
        _model = await FakeModelServer.StartAsync();
        _model.Otherwise = _ => FakeModelReply.Good("bug", "high", "Kafka");
        await StartAsync(confirmBelow: "1");
        await _admin.AddModeratorAsync(Kafka, "Kafka");
        _moderator = await _admin.AddModeratorAsync(Billing, "Billing");
        _user = await new ApiClient(_app.Client).SignUpAsync("user@example.com");
    }

    [Fact]
    public async Task A_proposal_waits_unassigned_and_is_listed_until_a_moderator_confirms_it()
    {
        var id = await ProposeAsync();

        var status = (await _admin.GetAsync($"/api/tickets/{id}/triage")).Json;
        Assert.Equal("awaiting_confirmation", status.GetProperty("step").GetString());
        Assert.InRange(status.GetProperty("confirmUntil").GetDateTime() - DateTime.UtcNow, TimeSpan.FromMinutes(55), TimeSpan.FromMinutes(60));
        Assert.Equal([id], Ids(await _moderator.GetAsync("/api/tickets?triage=awaiting_confirmation")));
        await Task.Delay(300);
        Assert.Null(Assignee(await TicketAsync(id)));

        var confirmed = await ConfirmAsync(id, new { });

        Assert.Equal(HttpStatusCode.OK, confirmed.Status);
        var ticket = await _admin.WaitForTicketAsync(id, t => Assignee(t) is not null);
        Assert.Equal(Kafka, Assignee(ticket));
        var triage = ticket.GetProperty("triage");
        Assert.Equal("succeeded", triage.GetProperty("state").GetString());
        Assert.Equal("gemini", triage.GetProperty("source").GetString());
        Assert.Equal(Billing, triage.GetProperty("confirmation").GetProperty("by").GetProperty("email").GetString());
        Assert.Empty(Ids(await _moderator.GetAsync("/api/tickets?triage=awaiting_confirmation")));
        await EndsAsync(id);
        Assert.False((await _user.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket").GetProperty("triage").TryGetProperty("confirmation", out _));
    }

    [Fact]
    public async Task Corrections_count_as_set_by_a_person_and_survive_a_later_triage()
    {
        var id = await ProposeAsync();

        var reply = await ConfirmAsync(id, new { type = "billing", priority = "low", relatedSkills = new[] { "billing" } });

        var corrected = reply.Json.GetProperty("ticket");
        Assert.Equal("human", corrected.GetProperty("triage").GetProperty("source").GetString());
        Assert.Equal(["Billing"], corrected.GetProperty("relatedSkills").EnumerateArray().Select(s => s.GetString()));
        Assert.Equal(Billing, Assignee(await _admin.WaitForTicketAsync(id, t => Assignee(t) is not null)));
        var stored = (await _app.Services.GetRequiredService<ITicketStore>().FindAsync(Guid.Parse(id), null, CancellationToken.None))!;
        Assert.Equal([TicketField.Type, TicketField.Priority, TicketField.RelatedSkills], stored.HumanSet);
        Assert.Equivalent(new TriageProposal(TicketType.Bug, TicketPriority.High, ["Kafka"]), stored.Triage.Proposed);
        await EndsAsync(id);

        _model.Otherwise = _ => FakeModelReply.Good("incident", "urgent", "Kafka");
        Assert.Equal(HttpStatusCode.Accepted, (await _admin.PostAsync($"/api/tickets/{id}/triage")).Status);
        await _admin.WaitForTicketAsync(id, t => State(t) == "awaiting_confirmation");
        Assert.Equal(HttpStatusCode.OK, (await ConfirmAsync(id, new { })).Status);
        await EndsAsync(id);

        var later = await TicketAsync(id);
        Assert.Equal("billing", later.GetProperty("type").GetString());
        Assert.Equal("low", later.GetProperty("priority").GetString());
        Assert.Equal(Billing, Assignee(later));
        Assert.Equal(2, later.GetProperty("triage").GetProperty("revision").GetInt32());
    }

    [Fact]
    public async Task A_chosen_assignee_gets_it_whatever_the_skills_say()
    {
        var id = await ProposeAsync();
        var chosen = (await _moderator.GetAsync("/api/auth/me")).Json.GetProperty("user").GetProperty("id").GetString();

        Assert.Equal(HttpStatusCode.OK, (await ConfirmAsync(id, new { assignedTo = chosen })).Status);

        var ticket = await _admin.WaitForTicketAsync(id, t => Assignee(t) is not null);
        Assert.Equal(Billing, Assignee(ticket));
        Assert.Contains("Chosen by", ticket.GetProperty("assignment").GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_confirmed_is_refused_and_waits_on()
    {
        var id = await ProposeAsync();
        var version = (await TicketAsync(id)).GetProperty("version").GetInt64();
        var requester = (await _user.GetAsync("/api/auth/me")).Json.GetProperty("user").GetProperty("id").GetString();

        (await ConfirmAsync(id, new { version = version - 1 })).IsProblem(HttpStatusCode.Conflict);
        (await ConfirmAsync(id, new { assignedTo = requester })).IsProblem(HttpStatusCode.BadRequest);
        (await ConfirmAsync(id, new { assignedTo = Guid.NewGuid() })).IsProblem(HttpStatusCode.BadRequest);
        (await ConfirmAsync(id, new { relatedSkills = Enumerable.Range(0, 9).Select(i => $"s{i}") })).IsProblem(HttpStatusCode.BadRequest);
        (await _admin.PostAsync($"/api/tickets/{id}/triage")).IsProblem(HttpStatusCode.Conflict);
        Assert.Equal("awaiting_confirmation", State(await TicketAsync(id)));

        Assert.Equal(HttpStatusCode.OK, (await ConfirmAsync(id, new { version })).Status);
    }

    [Fact]
    public async Task Said_again_it_is_the_same_and_another_word_comes_too_late()
    {
        var id = await ProposeAsync();

        var replies = await Task.WhenAll(
            ConfirmAsync(id, new { priority = "low" }), ConfirmAsync(id, new { priority = "low" }),
            _admin.PostAsync($"/api/tickets/{id}/triage/confirm", new { priority = "urgent" }));
        var winner = (await TicketAsync(id)).GetProperty("priority").GetString();

        // One of the two people was first; the other is told so.
        Assert.Equal(winner == "urgent" ? 1 : 2, replies.Count(r => r.Status == HttpStatusCode.OK));
        Assert.All(replies.Where(r => r.Status != HttpStatusCode.OK), r => r.IsProblem(HttpStatusCode.Conflict));
        Assert.Equal(winner == "urgent", replies[2].Status == HttpStatusCode.OK);
        await EndsAsync(id);
        Assert.Equal(1, new SqliteLedger(_folder.Path).Claims());
    }

    [Fact]
    public async Task When_nobody_answers_in_time_it_goes_ahead_and_says_so()
    {
        var id = await ProposeAsync();
        await ConfirmAsync(id, new { });
        await EndsAsync(id);

        // The settings know no limit below a minute; an input does.
        var started = await new ApiClient(_app.Client).PostAsync(
            $"/runtime/webhooks/durabletask/orchestrators/{nameof(TriageOrchestrator)}/triage-{id}-2?code={_app.ManagementKey}",
            new { TicketId = id, Revision = 2, Options = new TriageOptions { Mode = TriageMode.Supervised, ConfirmMinutes = 0 } });
        Assert.Equal(HttpStatusCode.Accepted, started.Status);

        var ticket = await _admin.WaitForTicketAsync(id, t => State(t) == "succeeded" && t.GetProperty("triage").GetProperty("revision").GetInt32() == 2);
        Assert.Equal(Kafka, Assignee(ticket));
        Assert.Contains("Nobody confirmed it within 0 minutes, so it went ahead.", ticket.GetProperty("triage").GetProperty("reason").GetString(), StringComparison.Ordinal);
        (await ConfirmAsync(id, new { })).IsProblem(HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task In_a_race_of_the_time_limit_and_a_person_one_of_them_counts(bool personFirst)
    {
        var id = await ProposeAsync();
        var recorder = _app.Services.GetRequiredService<AnalysisRecorder>();
        Task TimeIsUp() => new ReleaseProposal(recorder).RunAsync(new ReleaseRequest(new TriageKey(Guid.Parse(id), 1), false, 60), CancellationToken.None);

        if (!personFirst) await TimeIsUp();
        var reply = await ConfirmAsync(id, new { priority = "low" });
        if (personFirst) await TimeIsUp();

        Assert.Equal(personFirst ? HttpStatusCode.OK : HttpStatusCode.Conflict, reply.Status);
        var ticket = await TicketAsync(id);
        Assert.Equal(personFirst ? "low" : "high", ticket.GetProperty("priority").GetString());
        Assert.Equal(personFirst ? "human" : "gemini", ticket.GetProperty("triage").GetProperty("source").GetString());
        Assert.Equal(!personFirst, ticket.GetProperty("triage").GetProperty("reason").GetString()!.Contains("went ahead", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_word_that_never_reaches_its_triage_still_counts()
    {
        var id = await ProposeAsync();
        var store = _app.Services.GetRequiredService<ITicketStore>();
        var ticket = (await store.FindAsync(Guid.Parse(id), null, CancellationToken.None))!;

        // As a process does that dies after the store and before the event.
        await store.UpdateAsync(new TicketChange(ticket with { Triage = ticket.Triage with { State = TriageState.Succeeded } }), CancellationToken.None);

        // The hand-out looks twice a minute, and whenever people change.
        await _moderator.SendAsync(HttpMethod.Patch, "/api/auth/me", new { away = false });

        Assert.Equal(Kafka, Assignee(await _admin.WaitForTicketAsync(id, t => Assignee(t) is not null)));
    }

    [Theory]
    [InlineData("0.5", 0.9, false)]
    [InlineData("0.95", 0.9, true)]
    [InlineData("0", 0.0, false)]
    [InlineData("1", 1.0, true)]
    public async Task Only_what_is_less_sure_than_the_limit_waits(string limit, double confidence, bool waits)
    {
        await RestartAsync(limit);
        var answer = FakeModelReply.Analysis("bug", "high", "Kafka");
        answer["confidence"] = confidence;
        _model.Otherwise = _ => FakeModelReply.Answer(answer.ToJsonString());

        var posted = await _user.PostAsync("/api/tickets", new { title = "Kafka lags", description = "The Kafka consumer lags." });
        var id = posted.Json.GetProperty("ticket").GetProperty("id").GetString()!;
        var ticket = await _admin.WaitForTicketAsync(id, t => State(t) is "awaiting_confirmation" or "succeeded");

        Assert.Equal(waits ? "awaiting_confirmation" : "succeeded", State(ticket));
    }

    [Fact]
    public async Task A_fallback_waits_as_well_and_stays_one_only_if_nobody_confirms_it()
    {
        _model.Otherwise = _ => FakeModelReply.Blocked;
        var id = await ProposeAsync();
        Assert.Equal("offline", (await TicketAsync(id)).GetProperty("triage").GetProperty("source").GetString());
        Assert.Equal(0, (await _admin.PostAsync("/api/triage/retry-fallbacks")).Json.GetProperty("count").GetInt32());

        Assert.Equal(HttpStatusCode.OK, (await ConfirmAsync(id, new { })).Status);

        Assert.Equal("succeeded", State(await TicketAsync(id)));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _model.DisposeAsync();
        _folder.Dispose();
    }

    private async Task StartAsync(string confirmBelow)
    {
        _app = await InProcessApp.StartAsync(_folder.Path, new Dictionary<string, string?>
        {
            ["Gemini__Endpoint"] = _model.Endpoint.ToString(),
            ["Triage__Mode"] = "supervised",
            ["Triage__ConfirmBelow"] = confirmBelow,
        });
        _admin = await new ApiClient(_app.Client).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
    }

    private async Task RestartAsync(string confirmBelow)
    {
        await _app.DisposeAsync();
        await StartAsync(confirmBelow);
        _moderator = await new ApiClient(_app.Client).LogInAsync(Billing, "long enough");
        _user = await new ApiClient(_app.Client).LogInAsync("user@example.com", "long enough");
    }

    private async Task<string> ProposeAsync()
    {
        var posted = await _user.PostAsync("/api/tickets", new { title = "Kafka lags", description = "The Kafka consumer lags." });
        var id = posted.Json.GetProperty("ticket").GetProperty("id").GetString()!;
        await _admin.WaitForTicketAsync(id, t => State(t) == "awaiting_confirmation");
        for (var i = 0; i < 100 && await StepAsync(id) != "awaiting_confirmation"; i++) await Task.Delay(50);
        return id;
    }

    private async Task EndsAsync(string id)
    {
        for (var i = 0; i < 200 && await StepAsync(id) != "done"; i++) await Task.Delay(50);
        Assert.Equal("done", await StepAsync(id));
    }

    private Task<ApiReply> ConfirmAsync(string id, object body) => _moderator.PostAsync($"/api/tickets/{id}/triage/confirm", body);

    private async Task<JsonElement> TicketAsync(string id) => (await _admin.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket");

    private async Task<string?> StepAsync(string id) => (await _admin.GetAsync($"/api/tickets/{id}/triage")).Json.GetProperty("step").GetString();

    private static string? State(JsonElement ticket) => ticket.GetProperty("triage").GetProperty("state").GetString();

    private static string? Assignee(JsonElement ticket) =>
        ticket.GetProperty("assignedTo") is { ValueKind: JsonValueKind.Object } assignee ? assignee.GetProperty("email").GetString() : null;

    private static List<string> Ids(ApiReply reply) => [.. reply.Json.GetProperty("tickets").EnumerateArray().Select(t => t.GetProperty("id").GetString()!)];
}
