using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>POST /api/tickets/{id}/triage through the whole app: what another triage changes, and what it leaves.</summary>
public sealed class RetriageTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private FakeModelServer _model = null!;
    private LocalHostHarness _app = null!;
    private ApiClient _admin = null!;
    private ApiClient _kafka = null!;
    private ApiClient _user = null!;

    public async ValueTask InitializeAsync()
    {
        _model = await FakeModelServer.StartAsync();
        _app = await InProcessApp.StartAsync(_folder.Path, new Dictionary<string, string?> { ["Gemini__Endpoint"] = _model.Endpoint.ToString() });
        _admin = await new ApiClient(_app.Client).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        _kafka = await _admin.AddModeratorAsync("kafka@example.com", "Kafka");
        await _admin.AddModeratorAsync("nginx@example.com", "nginx");
        _user = await new ApiClient(_app.Client).SignUpAsync("user@example.com");
    }

    [Fact]
    public async Task The_next_revision_brings_a_new_analysis_and_leaves_the_ticket_with_its_assignee()
    {
        var id = await TriagedAsync("bug", "high", "Kafka");
        _model.Enqueue(FakeModelReply.Good("incident", "urgent", "nginx"));

        var reply = await _kafka.PostAsync($"/api/tickets/{id}/triage");

        Assert.Equal(HttpStatusCode.Accepted, reply.Status);
        Assert.Equal($"/api/tickets/{id}/triage", reply.Headers.Location?.OriginalString);
        Assert.Equal(2, reply.Json.GetProperty("revision").GetInt32());
        Assert.Equal($"triage-{id}-2", reply.Json.GetProperty("instanceId").GetString());
        var ticket = await EndsAsync(id, 2);
        Assert.Equal("incident", ticket.GetProperty("type").GetString());
        Assert.Equal("urgent", ticket.GetProperty("priority").GetString());
        Assert.Equal("kafka@example.com", Assignee(ticket));
        Assert.Equal(1, new SqliteLedger(_folder.Path).Claims());
        Assert.Equal(1, new SqliteLedger(_folder.Path).Rows());
    }

    [Fact]
    public async Task What_an_admin_got_because_nobody_fitted_goes_to_whom_it_fits_now_and_they_are_told()
    {
        var id = await TriagedAsync("question", "low");
        Assert.Equal(AppProcess.AdminEmail, Assignee(await TicketAsync(id)));
        _model.Enqueue(FakeModelReply.Good("bug", "high", "nginx"));

        await _admin.PostAsync($"/api/tickets/{id}/triage");

        Assert.Equal("nginx@example.com", Assignee(await EndsAsync(id, 2)));
        Assert.Equal(2, new SqliteLedger(_folder.Path).Sent().Count);
        var people = await _admin.ListAllAsync("/api/auth/users", "users");
        Assert.Equal(1, people.Sum(p => p.GetProperty("openTickets").GetInt32()));
    }

    [Fact]
    public async Task An_admin_who_has_begun_keeps_it()
    {
        var id = await TriagedAsync("question", "low");
        await ChangeAsync(id, ticket => ticket with { Status = TicketStatus.InProgress });
        _model.Enqueue(FakeModelReply.Good("bug", "high", "nginx"));

        await _admin.PostAsync($"/api/tickets/{id}/triage");

        Assert.Equal(AppProcess.AdminEmail, Assignee(await EndsAsync(id, 2)));
    }

    [Fact]
    public async Task What_a_person_has_set_stays()
    {
        var id = await TriagedAsync("bug", "high", "Kafka");
        await ChangeAsync(id, ticket => ticket with
        {
            Type = TicketType.Security,
            RelatedSkills = ["Kafka", "TLS"],
            HumanSet = [TicketField.Type, TicketField.RelatedSkills],
        });
        _model.Enqueue(FakeModelReply.Good("billing", "low", "nginx"));

        await _admin.PostAsync($"/api/tickets/{id}/triage");

        var ticket = await EndsAsync(id, 2);
        Assert.Equal("security", ticket.GetProperty("type").GetString());
        Assert.Equal("low", ticket.GetProperty("priority").GetString());
        Assert.Equal(["Kafka", "TLS"], ticket.GetProperty("relatedSkills").EnumerateArray().Select(s => s.GetString()));
    }

    [Fact]
    public async Task While_one_is_under_way_another_one_is_refused_and_of_many_at_once_one_starts()
    {
        var id = await TriagedAsync("bug", "high", "Kafka");
        _model.Otherwise = _ => FakeModelReply.Silence(TimeSpan.FromSeconds(2));

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _admin.PostAsync($"/api/tickets/{id}/triage")));

        Assert.Single(replies, reply => reply.Status == HttpStatusCode.Accepted);
        Assert.All(replies.Where(reply => reply.Status != HttpStatusCode.Accepted), reply => reply.IsProblem(HttpStatusCode.Conflict));
        (await _admin.PostAsync($"/api/tickets/{id}/triage")).IsProblem(HttpStatusCode.Conflict);
        await EndsAsync(id, 2);
        Assert.Equal(2, _model.Requests.Count);
    }

    [Fact]
    public async Task A_done_ticket_and_one_of_somebody_else_are_refused()
    {
        var id = await TriagedAsync("bug", "high", "Kafka");
        var other = await new ApiClient(_app.Client).LogInAsync("nginx@example.com", "long enough");

        (await other.PostAsync($"/api/tickets/{id}/triage")).IsProblem(HttpStatusCode.Forbidden);
        (await _user.PostAsync($"/api/tickets/{id}/triage")).IsProblem(HttpStatusCode.Forbidden);
        await ChangeAsync(id, ticket => ticket with { Status = TicketStatus.Done });
        (await _admin.PostAsync($"/api/tickets/{id}/triage")).IsProblem(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task One_that_was_terminated_before_it_had_begun_can_be_started_again()
    {
        var id = await TriagedAsync("bug", "high", "Kafka");
        _model.Otherwise = _ => FakeModelReply.Silence(TimeSpan.FromMinutes(1));
        await _admin.PostAsync($"/api/tickets/{id}/triage");
        var ended = await new ApiClient(_app.Client).PostAsync(
            $"/runtime/webhooks/durabletask/instances/triage-{id}-2/terminate?reason=test&code={_app.ManagementKey}");
        Assert.Equal(HttpStatusCode.Accepted, ended.Status);
        _model.Otherwise = _ => FakeModelReply.Good("incident", "low", "Kafka");

        for (var i = 0; i < 100 && (await _admin.PostAsync($"/api/tickets/{id}/triage")).Status != HttpStatusCode.Accepted; i++) await Task.Delay(50);

        Assert.Equal("incident", (await EndsAsync(id, 3)).GetProperty("type").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _model.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<string> TriagedAsync(string type, string priority, params string[] skills)
    {
        _model.Enqueue(FakeModelReply.Good(type, priority, skills));
        var ticket = await _user.PostAndWaitAsync("It hangs", "It hangs since this morning.", _admin);
        var id = ticket.GetProperty("id").GetString()!;
        await EndsAsync(id, 1);
        return id;
    }

    private async Task<JsonElement> EndsAsync(string id, int revision)
    {
        for (var i = 0; i < 400; i++)
        {
            var status = (await _admin.GetAsync($"/api/tickets/{id}/triage")).Json;
            if (status.GetProperty("revision").GetInt32() == revision && status.GetProperty("runtimeStatus").GetString() == "Completed") return await TicketAsync(id);
            await Task.Delay(50);
        }

        Assert.Fail($"Triage {revision} did not end.");
        return default;
    }

    private async Task ChangeAsync(string id, Func<Ticket, Ticket> change)
    {
        var store = _app.Services.GetRequiredService<ITicketStore>();
        var ticket = (await store.FindAsync(Guid.Parse(id), null, CancellationToken.None))!;
        Assert.Equal(UpdateResult.Updated, await store.UpdateAsync(new TicketChange(change(ticket)), CancellationToken.None));
    }

    private async Task<JsonElement> TicketAsync(string id) => (await _admin.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket");

    private static string? Assignee(JsonElement ticket) =>
        ticket.GetProperty("assignedTo") is { ValueKind: JsonValueKind.Object } assignee ? assignee.GetProperty("email").GetString() : null;
}
