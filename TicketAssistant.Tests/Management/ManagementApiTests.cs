using System.Net;
using System.Text;
using System.Text.Json;
using TicketAssistant.LocalFunctions.Management;
using Xunit;

namespace TicketAssistant.Tests.Management;

public sealed class ManagementApiTests : IAsyncLifetime
{
    private ManagementHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ManagementHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("GET", "/instances")]
    [InlineData("GET", "/instances/x")]
    [InlineData("DELETE", "/instances")]
    [InlineData("DELETE", "/instances/x")]
    [InlineData("POST", "/instances/x/raiseEvent/go")]
    [InlineData("POST", "/instances/x/terminate")]
    [InlineData("POST", "/instances/x/suspend")]
    [InlineData("POST", "/instances/x/resume")]
    [InlineData("POST", "/instances/x/rewind")]
    [InlineData("POST", "/instances/x/restart")]
    [InlineData("POST", "/orchestrators/Waits")]
    public async Task Nothing_is_answered_without_the_key(string method, string path)
    {
        foreach (var key in (string[])["", "?code=", "?code=wrong", "?code=" + _host.Key[..^1]])
        {
            using var response = await _host.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), ManagementApi.Prefix + path + key));
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }

        Assert.Empty((await _host.GetAsync("/instances")).Body.EnumerateArray());
    }

    [Fact]
    public async Task A_start_is_answered_with_the_management_payload_whose_links_work()
    {
        var (status, body, response) = await _host.AskAsync(HttpMethod.Post, "/orchestrators/Greets/g", "you");

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(
            ["id", "statusQueryGetUri", "sendEventPostUri", "terminatePostUri", "rewindPostUri", "purgeHistoryDeleteUri", "restartPostUri", "suspendPostUri", "resumePostUri"],
            body.EnumerateObject().Select(p => p.Name));
        Assert.Equal("g", body.GetProperty("id").GetString());
        Assert.Equal(body.GetProperty("statusQueryGetUri").GetString(), response.Headers.Location!.OriginalString);
        Assert.Equal(TimeSpan.FromSeconds(10), response.Headers.RetryAfter!.Delta);
        await _host.UntilAsync("g", "Completed");
        using var followed = await _host.Client.GetAsync(response.Headers.Location);
        Assert.Contains("Hello you <b>", await followed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_is_refused_for_a_running_id_an_unknown_orchestrator_and_bad_JSON()
    {
        await _host.StartRunAsync("Waits", "w");

        Assert.Equal(HttpStatusCode.Conflict, await _host.PostAsync("/orchestrators/Waits/w"));
        Assert.Equal(HttpStatusCode.BadRequest, await _host.PostAsync("/orchestrators/Nobody"));
        Assert.Equal(HttpStatusCode.BadRequest, await _host.PostAsync("/orchestrators/Waits/@x"));
        Assert.Equal(HttpStatusCode.BadRequest, await _host.PostAsync("/orchestrators/Waits", Json("{")));
    }

    [Fact]
    public async Task Input_is_shown_unless_told_otherwise_and_history_only_on_request()
    {
        await _host.StartRunAsync("Greets", "g", "you");
        await _host.UntilAsync("g", "Completed");

        var plain = (await _host.GetAsync("/instances/g")).Body;
        Assert.Equal("you", plain.GetProperty("input").GetString());
        Assert.False(plain.TryGetProperty("historyEvents", out _));
        Assert.Equal(JsonValueKind.Null, (await _host.GetAsync("/instances/g?showInput=false")).Body.GetProperty("input").ValueKind);

        var events = (await _host.GetAsync("/instances/g?showHistory=true")).Body.GetProperty("historyEvents").EnumerateArray().ToList();
        Assert.Equal(["ExecutionStarted", "TimerFired", "TaskCompleted", "ExecutionCompleted"], events.Select(Type));
        Assert.Equal("Greets", events[0].GetProperty("FunctionName").GetString());
        Assert.True(events[1].GetProperty("FireAt").GetDateTime() > events[1].GetProperty("ScheduledTime").GetDateTime());
        Assert.Equal("Greet", events[2].GetProperty("FunctionName").GetString());
        Assert.True(events[2].GetProperty("Timestamp").GetDateTime() >= events[2].GetProperty("ScheduledTime").GetDateTime());
        Assert.Equal("Completed", events[3].GetProperty("OrchestrationStatus").GetString());
        Assert.DoesNotContain(events, e => e.TryGetProperty("Result", out _));

        var results = (await _host.GetAsync("/instances/g?showHistory=true&showHistoryOutput=true")).Body.GetProperty("historyEvents").EnumerateArray()
            .Where(e => e.TryGetProperty("Result", out _)).ToDictionary(Type, e => e.GetProperty("Result").GetString());
        Assert.Equal(new Dictionary<string, string?> { ["TaskCompleted"] = "Hello you <b>", ["ExecutionCompleted"] = "Hello you <b>" }, results);
    }

    [Fact]
    public async Task History_tells_failures_events_sub_orchestrations_and_what_is_still_open()
    {
        await _host.StartRunAsync("Uses", "u");
        await _host.StartRunAsync("Delegates", "d");
        await _host.StartRunAsync("Waits", "w");
        await _host.PostAsync("/instances/w/suspend?reason=lunch");
        await _host.UntilAsync("w", "Suspended");
        await _host.PostAsync("/instances/w/resume?reason=back");
        await _host.PostAsync("/instances/w/raiseEvent/go", "now");
        await _host.UntilAsync("w", "Completed");
        await _host.UntilAsync("u", "Failed");
        await _host.UntilAsync("d", "Completed");

        var used = await HistoryAsync("u");
        Assert.Equal(["ExecutionStarted", "TaskCompleted", "TaskFailed", "TimerFired", "TaskFailed", "ExecutionCompleted"], used.Select(Type));
        Assert.Equal(("Use", "out of order"), (used[2].GetProperty("FunctionName").GetString(), used[2].GetProperty("Reason").GetString()));
        Assert.Equal("Failed", used[^1].GetProperty("OrchestrationStatus").GetString());
        var delegated = await HistoryAsync("d");
        Assert.Equal(["ExecutionStarted", "SubOrchestrationInstanceCompleted", "ExecutionCompleted"], delegated.Select(Type));
        Assert.Equal(("Greets", "d-child"), (delegated[1].GetProperty("FunctionName").GetString(), delegated[1].GetProperty("InstanceId").GetString()));
        var waited = await HistoryAsync("w");
        Assert.Equal(["ExecutionStarted", "ExecutionSuspended", "ExecutionResumed", "EventRaised", "ExecutionCompleted"], waited.Select(Type));
        Assert.Equal("lunch", waited[1].GetProperty("Reason").GetString());
        Assert.Equal("go", waited[3].GetProperty("Name").GetString());
    }

    [Fact]
    public async Task A_list_can_be_filtered_and_paged()
    {
        for (var i = 0; i < 5; i++) await _host.StartRunAsync("Waits", $"wait-{i}");
        await _host.StartRunAsync("Greets", "greet-1", "you");
        await _host.UntilAsync("greet-1", "Completed");

        Assert.Equal(6, (await _host.GetAsync("/instances")).Body.GetArrayLength());
        Assert.Equal(["greet-1"], await IdsAsync("runtimeStatus=Completed,Failed"));
        Assert.Equal(["greet-1"], await IdsAsync("runtimeStatus=Failed&runtimeStatus=Completed"));
        Assert.Equal(5, (await IdsAsync("instanceIdPrefix=wait-")).Count);
        Assert.Empty(await IdsAsync("createdTimeFrom=2100-01-01T00:00:00Z"));
        Assert.Equal(6, (await IdsAsync("createdTimeFrom=2020-01-01T00:00:00Z&createdTimeTo=2100-01-01T00:00:00Z")).Count);
        Assert.Empty(await IdsAsync("createdTimeTo=2020-01-01"));
        Assert.Equal(JsonValueKind.Null, (await _host.GetAsync("/instances?instanceIdPrefix=greet&showInput=false")).Body[0].GetProperty("input").ValueKind);

        List<string> seen = [];
        for (string? token = null; token != "";)
        {
            var (status, page, response) = await _host.GetAsync("/instances?top=4", token);
            Assert.Equal(HttpStatusCode.OK, status);
            seen.AddRange(page.EnumerateArray().Select(i => i.GetProperty("instanceId").GetString()!));
            token = response.Headers.GetValues("x-ms-continuation-token").Single();
        }

        Assert.Equal(["wait-0", "wait-1", "wait-2", "wait-3", "wait-4", "greet-1"], seen);
        Assert.Equal(HttpStatusCode.BadRequest, (await _host.GetAsync("/instances", "nonsense")).Status);
    }

    [Fact]
    public async Task An_event_is_202_and_404_410_or_400_where_it_cannot_be_told()
    {
        await _host.StartRunAsync("Waits", "w");

        Assert.Equal(HttpStatusCode.NotFound, await _host.PostAsync("/instances/none/raiseEvent/go", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, await _host.PostAsync("/instances/w/raiseEvent/go", Json("{")));
        Assert.Equal(HttpStatusCode.BadRequest, await _host.PostAsync("/instances/w/raiseEvent/go", new StringContent("1", Encoding.UTF8, "text/plain")));
        Assert.Equal(HttpStatusCode.NotFound, await _host.PostAsync("/instances/w/raiseEvent", "x"));
        // The real host's routes ignore case.
        Assert.Equal(HttpStatusCode.Accepted, await _host.PostAsync("/Instances/w/raiseevent/go", "x"));
        Assert.Equal("x", (await _host.UntilAsync("w", "Completed")).GetProperty("output").GetString());
        Assert.Equal(HttpStatusCode.Gone, await _host.PostAsync("/instances/w/raiseEvent/go", "x"));
    }

    [Fact]
    public async Task An_instance_is_suspended_resumed_and_terminated_until_it_has_ended()
    {
        await _host.StartRunAsync("Waits", "w");
        foreach (var (verb, status) in ((string, string)[])[("suspend", "Suspended"), ("resume", "Running"), ("terminate", "Terminated")])
        {
            Assert.Equal(HttpStatusCode.NotFound, await _host.PostAsync($"/instances/none/{verb}"));
            Assert.Equal(HttpStatusCode.Accepted, await _host.PostAsync($"/instances/w/{verb}?reason=because"));
            await _host.UntilAsync("w", status);
        }

        Assert.Equal("because", (await _host.GetAsync("/instances/w")).Body.GetProperty("output").GetString());
        foreach (var verb in (string[])["suspend", "resume", "terminate"])
            Assert.Equal(HttpStatusCode.Gone, await _host.PostAsync($"/instances/w/{verb}"));
    }

    [Fact]
    public async Task A_failed_instance_can_be_rewound_and_no_other()
    {
        await _host.StartRunAsync("Uses", "u");
        await _host.StartRunAsync("Waits", "w");
        await _host.UntilAsync("u", "Failed");
        _host.Machine.Works = true;

        Assert.Equal(HttpStatusCode.NotFound, await _host.PostAsync("/instances/none/rewind"));
        Assert.Equal(HttpStatusCode.PreconditionFailed, await _host.PostAsync("/instances/w/rewind"));
        Assert.Equal(HttpStatusCode.Accepted, await _host.PostAsync("/instances/u/rewind?reason=repaired"));
        Assert.Equal("a coin well spent", (await _host.UntilAsync("u", "Completed")).GetProperty("output").GetString());
        Assert.Equal(HttpStatusCode.PreconditionFailed, await _host.PostAsync("/instances/u/rewind"));
    }

    [Fact]
    public async Task A_restart_has_a_new_id_unless_told_otherwise()
    {
        await _host.StartRunAsync("Greets", "g", "you");
        await _host.UntilAsync("g", "Completed");

        var (status, body, _) = await _host.AskAsync(HttpMethod.Post, "/instances/g/restart");
        Assert.Equal(HttpStatusCode.Accepted, status);
        var other = body.GetProperty("id").GetString()!;
        Assert.NotEqual("g", other);
        Assert.Equal("Hello you <b>", (await _host.UntilAsync(other, "Completed")).GetProperty("output").GetString());

        var same = await _host.AskAsync(HttpMethod.Post, "/instances/g/restart?restartWithNewInstanceId=false");
        Assert.Equal((HttpStatusCode.Accepted, "g"), (same.Status, same.Body.GetProperty("id").GetString()));
        await _host.UntilAsync("g", "Completed");

        await _host.StartRunAsync("Waits", "w");
        Assert.Equal(HttpStatusCode.Conflict, await _host.PostAsync("/instances/w/restart?restartWithNewInstanceId=false"));
        Assert.Equal(HttpStatusCode.BadRequest, await _host.PostAsync("/instances/none/restart"));
    }

    [Fact]
    public async Task Ended_instances_are_purged_one_by_one_or_by_filter()
    {
        await _host.StartRunAsync("Waits", "w");
        foreach (var id in (string[])["a", "b", "c"]) await _host.StartRunAsync("Greets", id, id);
        foreach (var id in (string[])["a", "b", "c"]) await _host.UntilAsync(id, "Completed");

        Assert.Equal(HttpStatusCode.NotFound, (await _host.AskAsync(HttpMethod.Delete, "/instances/none")).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await _host.AskAsync(HttpMethod.Delete, "/instances/w")).Status);
        Assert.Equal("""{"instancesDeleted":1}""", (await _host.AskAsync(HttpMethod.Delete, "/instances/a")).Body.GetRawText());
        Assert.Equal(HttpStatusCode.BadRequest, (await _host.AskAsync(HttpMethod.Delete, "/instances?runtimeStatus=Completed")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.AskAsync(HttpMethod.Delete, "/instances?createdTimeFrom=2020-01-01&runtimeStatus=Failed")).Status);
        Assert.Equal("""{"instancesDeleted":2}""", (await _host.AskAsync(HttpMethod.Delete, "/instances?createdTimeFrom=2020-01-01")).Body.GetRawText());
        Assert.Equal(["w"], await IdsAsync(""));
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static string Type(JsonElement entry) => entry.GetProperty("EventType").GetString()!;

    private async Task<List<JsonElement>> HistoryAsync(string id) =>
        [.. (await _host.GetAsync($"/instances/{id}?showHistory=true")).Body.GetProperty("historyEvents").EnumerateArray()];

    private async Task<List<string>> IdsAsync(string query) =>
        [.. (await _host.GetAsync($"/instances?{query}")).Body.EnumerateArray().Select(i => i.GetProperty("instanceId").GetString()!)];
}
