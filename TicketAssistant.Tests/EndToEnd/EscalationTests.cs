using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>
/// The whole app on a clock that only the test moves: what an assignee who does nothing comes to, stage by stage, and everything that
/// ends the waiting.
/// </summary>
public sealed class EscalationTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    // The web server's own clock is the system's, and tokens are read with it.
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private MongoTestDatabase? _mongo;
    private LocalHostHarness _app = null!;
    private ApiClient _admin = null!;
    private ApiClient _ann = null!;
    private ApiClient _bob = null!;
    private ApiClient _rita = null!;
    private string _id = "";

    public static TheoryData<string, int> Limits => new() { { "urgent", 15 }, { "high", 120 }, { "medium", 480 }, { "low", 1440 } };

    [Theory]
    [MemberData(nameof(Limits))]
    public async Task Nobody_acts_so_the_assignee_is_reminded_then_the_next_best_has_it_then_an_admin(string priority, int minutes)
    {
        await StartAsync(priority);

        await RunThroughAllStagesAsync(minutes);
    }

    [Fact]
    public async Task The_same_on_MongoDB()
    {
        _mongo = MongoTestDatabase.Open();
        await StartAsync("high");

        await RunThroughAllStagesAsync(120);
    }

    [Fact]
    public async Task A_limit_of_zero_means_that_nobody_is_waited_for()
    {
        await StartAsync("low", new() { ["Acknowledgement__MinutesLow"] = "0" });

        Assert.False((await TicketAsync()).TryGetProperty("acknowledgeBy", out _));
        await NothingMoreHappensAsync(null);
    }

    [Fact]
    public async Task A_comment_of_the_assignees_ends_it_even_an_internal_one()
    {
        var clock = await StartAsync("high");

        await CommentAsync(_ann, "I look at it.", isInternal: true);

        await NothingMoreHappensAsync(clock);
    }

    [Fact]
    public async Task Any_change_by_the_assignee_ends_it_and_one_by_somebody_else_does_not()
    {
        var clock = await StartAsync("high");

        await PatchAsync(_admin, new { type = "security" });
        await CommentAsync(_admin, "Has anybody seen this?");
        Assert.True((await TicketAsync()).TryGetProperty("acknowledgeBy", out _));
        await PatchAsync(_ann, new { type = "bug" });

        await NothingMoreHappensAsync(clock);
    }

    [Fact]
    public async Task Closing_ends_it_whoever_closes()
    {
        var clock = await StartAsync("high");

        await PatchAsync(_rita, new { status = "DONE" });

        await NothingMoreHappensAsync(clock);
    }

    [Fact]
    public async Task Waiting_ends_it_and_the_requesters_answer_begins_it_anew()
    {
        var clock = await StartAsync("high");
        await PatchAsync(_admin, new { status = "WAITING" });
        await EndedAsync(clock);
        _time.Advance(TimeSpan.FromHours(30));

        await CommentAsync(_rita, "Here is what you asked for.");
        Assert.Equal(_time.GetUtcNow().AddHours(2), await AcknowledgeByAsync(), TimeSpan.FromSeconds(1));
        _time.Advance(TimeSpan.FromHours(2));

        await TimelineAsync("reminded → ann");
    }

    [Fact]
    public async Task Who_is_given_the_ticket_or_takes_it_has_the_whole_limit()
    {
        var clock = await StartAsync("high");
        _time.Advance(TimeSpan.FromMinutes(119));
        await PatchAsync(_admin, new { assignedTo = await IdAsync(_bob) });
        await EndedAsync(clock);
        _time.Advance(TimeSpan.FromMinutes(119));
        Assert.Empty(await StagesAsync());
        _time.Advance(TimeSpan.FromMinutes(1));
        await TimelineAsync("reminded → bob");

        await PatchAsync(_admin, new { assignedTo = "me" });
        Assert.Equal(_time.GetUtcNow().AddHours(2), await AcknowledgeByAsync(), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Given_back_it_is_awaited_of_whom_it_is_handed_out_to()
    {
        var clock = await StartAsync("high");

        await PatchAsync(_ann, new { assignedTo = (string?)null });
        await EndedAsync(clock);
        await _admin.WaitForTicketAsync(_id, HasName("bob"));
        await ClockRunsAsync();
        _time.Advance(TimeSpan.FromHours(2));

        await TimelineAsync("reminded → bob");
    }

    [Fact]
    public async Task Another_priority_brings_its_own_limit()
    {
        var clock = await StartAsync("low");

        await PatchAsync(_admin, new { priority = "urgent" });

        await EndedAsync(clock);
        await ClockRunsAsync();
        _time.Advance(TimeSpan.FromMinutes(15));
        await TimelineAsync("reminded → ann");
    }

    [Fact]
    public async Task Acting_after_the_reminder_ends_it_as_well()
    {
        var clock = await StartAsync("high");
        _time.Advance(TimeSpan.FromHours(2));
        await TimelineAsync("reminded → ann");

        await PatchAsync(_ann, new { status = "IN_PROGRESS" });
        await EndedAsync(clock);
        _time.Advance(TimeSpan.FromDays(3));

        await EndedAsync(clock);
        Assert.Equal(["reminded → ann"], await StagesAsync());
    }

    [Fact]
    public async Task A_closed_account_loses_it_and_whoever_gets_it_has_the_whole_limit()
    {
        var clock = await StartAsync("high");

        await _admin.PostAsync("/api/auth/update-user", new { email = "ann@example.com", active = false });
        await EndedAsync(clock);
        await _admin.WaitForTicketAsync(_id, HasName("bob"));

        Assert.Equal(_time.GetUtcNow().AddHours(2), await AcknowledgeByAsync(), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Whoever_is_away_or_full_is_passed_over_and_where_nobody_is_free_it_goes_to_an_admin_at_once()
    {
        await StartAsync("high");
        await _admin.PostAsync("/api/auth/update-user", new { email = "bob@example.com", capacity = 0 });
        _time.Advance(TimeSpan.FromHours(2));
        await TimelineAsync("reminded → ann");
        await ClockRunsAsync();
        _time.Advance(TimeSpan.FromHours(2));

        await TimelineAsync("reminded → ann", "escalated ann → Admin");
        Assert.False((await TicketAsync()).TryGetProperty("acknowledgeBy", out _));
        await CountersAsync(("ann", 0), ("bob", 0), ("Admin", 1));
    }

    [Fact]
    public async Task A_clock_that_was_ended_by_hand_is_replaced_within_two_minutes_of_its_time()
    {
        var clock = await StartAsync("high");
        var management = $"/runtime/webhooks/durabletask/instances/{clock}";
        Assert.Equal(HttpStatusCode.Accepted, (await new ApiClient(_app.Client).PostAsync($"{management}/terminate?reason=test&code={_app.ManagementKey}")).Status);
        await EndedAsync(clock, "Terminated");

        _time.Advance(TimeSpan.FromHours(2));
        for (var i = 0; i < 8; i++) _time.Advance(TimeSpan.FromSeconds(20));

        await TimelineAsync("reminded → ann");
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        if (_mongo is not null) await _mongo.DisposeAsync();
        _folder.Dispose();
    }

    private static Func<JsonElement, bool> HasName(string name) => ticket =>
        ticket.GetProperty("assignedTo") is { ValueKind: JsonValueKind.Object } assignee && assignee.GetProperty("name").GetString() == name;

    /// <summary>A team of two and an admin, and a ticket that ann has; returns the id of the clock that runs for her.</summary>
    private async Task<string> StartAsync(string priority, Dictionary<string, string?>? settings = null)
    {
        settings ??= [];
        settings["Jwt__LifetimeMinutes"] = "10080";
        settings["Mongo__ConnectionString"] = _mongo?.ConnectionString ?? "";
        settings["Mongo__Database"] = _mongo?.Name ?? "";
        _app = await InProcessApp.StartAsync(_folder.Path, settings, _time);
        _admin = await new ApiClient(_app.Client).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        _ann = await _admin.AddModeratorAsync("ann@example.com", "Kafka");
        _rita = await new ApiClient(_app.Client).SignUpAsync("rita@example.com");
        _id = (await _rita.PostAndWaitAsync("Kafka lags", "The Kafka consumer group lags.", _admin)).GetProperty("id").GetString()!;
        _bob = await _admin.AddModeratorAsync("bob@example.com", "Kafka");
        if ((await TicketAsync()).GetProperty("priority").GetString() != priority) await PatchAsync(_admin, new { priority });
        return await TicketAsync() is var ticket && ticket.TryGetProperty("acknowledgeBy", out _) ? await ClockRunsAsync() : "";
    }

    private async Task RunThroughAllStagesAsync(int minutes)
    {
        var limit = TimeSpan.FromMinutes(minutes);
        Assert.Equal(_time.GetUtcNow() + limit, await AcknowledgeByAsync(), TimeSpan.FromSeconds(1));
        Assert.False((await _rita.GetAsync($"/api/tickets/{_id}")).Json.GetProperty("ticket").TryGetProperty("acknowledgeBy", out _));

        _time.Advance(limit - TimeSpan.FromSeconds(1));
        Assert.Empty(await StagesAsync());
        _time.Advance(TimeSpan.FromSeconds(1));
        await TimelineAsync("reminded → ann");
        await MailedAsync("reminded ann");
        Assert.Equal(_time.GetUtcNow() + limit, await AcknowledgeByAsync(), TimeSpan.FromSeconds(1));

        await ClockRunsAsync();
        _time.Advance(limit);
        await TimelineAsync("reminded → ann", "escalated ann → bob");
        await MailedAsync("reminded ann", "withdrawn ann", "assigned bob");
        await CountersAsync(("ann", 0), ("bob", 1), ("Admin", 0));

        await ClockRunsAsync();
        _time.Advance(limit);
        await TimelineAsync("reminded → ann", "escalated ann → bob", "escalated bob → Admin");
        await MailedAsync("reminded ann", "withdrawn ann", "assigned bob", "withdrawn bob", "escalated Admin");
        await CountersAsync(("ann", 0), ("bob", 0), ("Admin", 1));
        Assert.False((await TicketAsync()).TryGetProperty("acknowledgeBy", out _));

        // The requester sees who has it, and nothing of what led there.
        var seen = (await _rita.GetAsync($"/api/tickets/{_id}/timeline")).Json.GetProperty("entries").EnumerateArray().ToList();
        Assert.All(seen, entry => Assert.True(entry.GetProperty("kind").GetString() is not ("reminded" or "escalated") && !entry.TryGetProperty("reason", out _)));
        Assert.Equal("Admin", seen.FindLast(entry => entry.TryGetProperty("field", out var field) && field.GetString() == "assignedTo").GetProperty("to").GetString());
    }

    private async Task<JsonElement> TicketAsync() => (await _admin.GetAsync($"/api/tickets/{_id}")).Json.GetProperty("ticket");

    private async Task<DateTimeOffset> AcknowledgeByAsync() => (await TicketAsync()).GetProperty("acknowledgeBy").GetDateTimeOffset();

    private async Task PatchAsync(ApiClient who, object change)
    {
        var body = JsonSerializer.SerializeToNode(change)!;
        for (var i = 0; i < 20; i++)
        {
            body["version"] = (await TicketAsync()).GetProperty("version").GetInt64();
            var reply = await who.SendAsync(HttpMethod.Patch, $"/api/tickets/{_id}", body.ToJsonString());
            if (reply.Status == HttpStatusCode.OK) return;
            Assert.True(reply.Status == HttpStatusCode.Conflict, reply.Text);
        }

        Assert.Fail("The ticket kept changing.");
    }

    private async Task CommentAsync(ApiClient who, string body, bool isInternal = false) => Assert.Equal(
        HttpStatusCode.Created, (await who.PostAsync($"/api/tickets/{_id}/comments", new { body, @internal = isInternal })).Status);

    private static async Task<string> IdAsync(ApiClient who) => (await who.GetAsync("/api/auth/me")).Json.GetProperty("user").GetProperty("id").GetString()!;

    private async Task<List<JsonElement>> EntriesAsync() => await _admin.ListAllAsync($"/api/tickets/{_id}/timeline", "entries");

    /// <summary>What the timeline tells of the escalation.</summary>
    private async Task<List<string>> StagesAsync() => [.. (await EntriesAsync())
        .Where(entry => entry.GetProperty("kind").GetString() is "reminded" or "escalated")
        .Select(entry => $"{Text(entry, "kind")} {Text(entry, "from")}→ {Text(entry, "to")}".Replace("  ", " ", StringComparison.Ordinal))];

    private static string Text(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) ? value.GetString() + (name == "from" ? " " : "") : "";

    private Task TimelineAsync(params string[] stages) => UntilAsync(StagesAsync, stages);

    /// <summary>Exactly these mails that tell of the escalation went out.</summary>
    private Task MailedAsync(params string[] mails) => UntilAsync(
        async () => (await EntriesAsync())
            .Where(entry => Text(entry, "kind") == "mailed" && (Text(entry, "field") is "reminded" or "withdrawn" or "escalated" || Text(entry, "to") == "bob"))
            .Select(entry => $"{Text(entry, "field")} {Text(entry, "to")}").Order().ToList(),
        [.. mails.Order()]);

    private Task CountersAsync(params (string Name, int Open)[] counters) => UntilAsync(
        async () => (await _admin.ListAllAsync("/api/auth/users", "users"))
            .Where(user => user.GetProperty("role").GetString() != "user")
            .Select(user => $"{user.GetProperty("name").GetString()} {user.GetProperty("openTickets").GetInt32()}").Order().ToList(),
        [.. counters.Select(counter => string.Create(CultureInfo.InvariantCulture, $"{counter.Name} {counter.Open}")).Order()]);

    private static async Task UntilAsync(Func<Task<List<string>>> read, string[] expected)
    {
        List<string> found = [];
        for (var i = 0; i < 400; i++)
        {
            found = await read();
            if (found.SequenceEqual(expected)) return;
            await Task.Delay(50);
        }

        Assert.Equal(expected, found);
    }

    /// <summary>Waits until the clock for what is awaited now waits for its time, and returns its id.</summary>
    private async Task<string> ClockRunsAsync()
    {
        for (var i = 0; i < 400; i++)
        {
            // Once what the last change entailed has been carried out, the clock before it has been told, and the one after it started.
            var isSettled = Effects() == 0;
            if (await RunningAsync() is [var only] && isSettled) return only;
            await Task.Delay(50);
        }

        Assert.Fail("No single clock runs.");
        return "";
    }

    private async Task<List<string>> RunningAsync() => [.. (await new ApiClient(_app.Client)
        .GetAsync($"/runtime/webhooks/durabletask/instances?instanceIdPrefix=ack-{_id}&runtimeStatus=Running,Pending&code={_app.ManagementKey}"))
        .Json.EnumerateArray().Select(instance => instance.GetProperty("instanceId").GetString()!)];

    private int Effects() => _mongo is null ? new SqliteLedger(_folder.Path).Effects() : new MongoLedger(_mongo.Store.Database).Effects();

    private async Task EndedAsync(string clock, string status = "Completed")
    {
        string? found = null;
        for (var i = 0; i < 400 && found != status; i++)
        {
            if (i > 0) await Task.Delay(50);
            found = (await new ApiClient(_app.Client).GetAsync($"/runtime/webhooks/durabletask/instances/{clock}?code={_app.ManagementKey}"))
                .Json.GetProperty("runtimeStatus").GetString();
        }

        Assert.Equal(status, found);
    }

    /// <summary>The clock, if there was one, has ended by itself, long before its time, and no other runs: whatever time passes.</summary>
    private async Task NothingMoreHappensAsync(string? clock)
    {
        if (clock is not null) await EndedAsync(clock);
        Assert.False((await TicketAsync()).TryGetProperty("acknowledgeBy", out _));
        await UntilAsync(RunningAsync, []);
        for (var day = 0; day < 3; day++) _time.Advance(TimeSpan.FromDays(1));
        Assert.Empty(await RunningAsync());
        Assert.Empty(await StagesAsync());
    }
}
