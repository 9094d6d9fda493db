using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using MimeKit;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>
/// One ticket from its requester's sign-up to its end, over HTTP and with a real SMTP server: every actor of its timeline, every mail,
/// and every event that somebody listens for, and nothing beside.
/// </summary>
public sealed partial class LifeCycleTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LoopbackSmtpServer _smtp = new();
    private readonly ConcurrentDictionary<string, long> _told = new();
    private readonly CancellationTokenSource _end = new();
    private LocalHostHarness _app = null!;
    private ApiClient _admin = null!;
    private ApiClient _mia = null!;
    private ApiClient _ben = null!;
    private string _id = "";
    private string _type = "";
    private string _priority = "";

    private string TypeOfMia => _type == "bug" ? "incident" : "bug";

    private string PriorityOfMia => _priority == "urgent" ? "high" : "urgent";

    [Fact]
    public async Task From_sign_up_to_resolved()
    {
        await StartAsync();
        Task[] listening =
        [
            ListenAsync("staff", _admin, "/api/events"), ListenAsync("requester", _ben, "/api/events"), ListenAsync("stranger", await SignUpAsync("eve@example.com"), "/api/events"),
        ];

        // The requester posts; triage reads, assigns and tells.
        var posted = await _ben.PostAsync("/api/tickets", new { title = "Kafka lags", description = "The Kafka consumer group lags since the release: no order is processed any more." }, ("Idempotency-Key", "first"));
        Assert.Equal(HttpStatusCode.Created, posted.Status);
        _id = posted.Json.GetProperty("ticket").GetProperty("id").GetString()!;
        var ticket = await _admin.WaitForTicketAsync(_id, t => t.GetProperty("assignedTo").ValueKind == JsonValueKind.Object);
        Assert.Equal(("mia", "succeeded"), (ticket.GetProperty("assignedTo").GetProperty("name").GetString(), ticket.GetProperty("triage").GetProperty("state").GetString()));
        Assert.True(ticket.TryGetProperty("acknowledgeBy", out _));
        await MailedAsync("received ben", "assigned mia");

        // The assignee judges the analysis, begins, corrects it, and asks.
        Assert.Equal(HttpStatusCode.OK, (await _mia.PostAsync($"/api/tickets/{_id}/feedback", new { helpful = true })).Status);
        // What the analysis says of the text is not this test's subject: she takes it for something else, whatever that was.
        (_type, _priority) = (ticket.GetProperty("type").GetString()!, ticket.GetProperty("priority").GetString()!);
        await PatchAsync(_mia, new { status = "IN_PROGRESS", type = TypeOfMia, priority = PriorityOfMia });
        Assert.False((await TicketAsync()).TryGetProperty("acknowledgeBy", out _));
        await CommentAsync(_mia, "Which topic?");
        await CommentAsync(_mia, "Smells like the rebalancing.", isInternal: true);
        await PatchAsync(_mia, new { status = "WAITING" });
        await MailedAsync("replied ben");

        // The requester answers, the assignee resolves.
        await CommentAsync(_ben, "The one named orders.");
        Assert.Equal("IN_PROGRESS", (await TicketAsync()).GetProperty("status").GetString());
        await MailedAsync("commented mia");
        await PatchAsync(_mia, new { status = "DONE" });
        await MailedAsync("resolved ben");

        // It is not, so the requester reopens it; an admin takes over and ends it.
        await PatchAsync(_ben, new { status = "TODO" });
        await MailedAsync("assigned mia");
        await PatchAsync(_admin, new { assignedTo = "me", status = "IN_PROGRESS" });
        await PatchAsync(_admin, new { status = "DONE" });
        await MailedAsync("resolved ben");

        await CheckTimelineAsync();
        await CheckEndAsync();
        await CheckEventsAsync();
        await _end.CancelAsync();
        await Task.WhenAll(listening);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_app is not null) await _app.DisposeAsync();
        await _smtp.DisposeAsync();
        _end.Dispose();
        _folder.Dispose();
    }

    [GeneratedRegex(@"/api/auth/confirm\?token=(\S+)")]
    private static partial Regex Token();

    private async Task StartAsync()
    {
        _app = await InProcessApp.StartAsync(_folder.Path, new Dictionary<string, string?>
        {
            ["Smtp__Host"] = "127.0.0.1",
            ["Smtp__Port"] = _smtp.Port.ToString(CultureInfo.InvariantCulture),
            ["Smtp__Security"] = "None",
        });
        _admin = await new ApiClient(_app.Client).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        _ben = await SignUpAsync("ben@example.com");
        await SignUpAsync("mia@example.com");
        var made = await _admin.PostAsync("/api/auth/update-user", new { email = "mia@example.com", role = "moderator", skills = new[] { "Kafka" } });
        Assert.Equal(HttpStatusCode.OK, made.Status);
        // Her role has changed, so her token is dead.
        _mia = await new ApiClient(_app.Client).LogInAsync("mia@example.com", "long enough");
    }

    /// <summary>Signs up and confirms the address with what the welcome says.</summary>
    private async Task<ApiClient> SignUpAsync(string email)
    {
        var person = await new ApiClient(_app.Client).SignUpAsync(email);
        await MailedAsync($"welcome {email.Split('@')[0]}");
        var welcome = _smtp.Messages.Single(mail => Describe(mail) == $"welcome {email.Split('@')[0]}");
        var token = Uri.UnescapeDataString(Token().Match(welcome.TextBody!).Groups[1].Value);
        Assert.Equal(HttpStatusCode.OK, (await new ApiClient(_app.Client).PostAsync("/api/auth/confirm", new { token })).Status);
        return person;
    }

    private async Task CheckTimelineAsync()
    {
        var entries = await _admin.ListAllAsync($"/api/tickets/{_id}/timeline", "entries");
        // A mail is at its server a moment before the ledger, and so the timeline, has it as sent.
        for (var i = 0; i < 200 && entries.Count(IsMailed) < _mails.Count(mail => !mail.StartsWith("welcome", StringComparison.Ordinal)); i++)
        {
            await Task.Delay(50);
            entries = await _admin.ListAllAsync($"/api/tickets/{_id}/timeline", "entries");
        }

        Assert.Equal(
            [
                "1 person ben created",
                "2 offline triaged",
                "3 system assigned assignedTo -> mia",
                "4 person mia feedback, internal",
                $"5 person mia corrected type {_type} -> {TypeOfMia}",
                $"6 person mia corrected priority {_priority} -> {PriorityOfMia}",
                "7 person mia changed status TODO -> IN_PROGRESS",
                "8 person mia comment",
                "9 person mia comment, internal",
                "10 person mia changed status IN_PROGRESS -> WAITING",
                "11 person ben comment",
                "12 person ben changed status WAITING -> IN_PROGRESS",
                "13 person mia changed status IN_PROGRESS -> DONE",
                "14 person ben changed status DONE -> TODO",
                "15 person Admin corrected assignedTo mia -> Admin",
                "16 person Admin changed status TODO -> IN_PROGRESS",
                "17 person Admin changed status IN_PROGRESS -> DONE",
            ],
            entries.Where(entry => entry.TryGetProperty("seq", out _)).Select(Describe));
        Assert.Equal(_mails.Where(mail => !mail.StartsWith("welcome", StringComparison.Ordinal)).Order(), entries
            .Where(IsMailed)
            .Select(entry => $"{entry.GetProperty("field").GetString()} {entry.GetProperty("to").GetString()}").Order());

        var seen = await _ben.ListAllAsync($"/api/tickets/{_id}/timeline", "entries");
        Assert.Equal([1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17], seen.Select(entry => entry.GetProperty("seq").GetInt32()));
        Assert.DoesNotContain(seen, entry => entry.TryGetProperty("reason", out _) || entry.GetProperty("kind").GetString() == "corrected");
    }

    private static bool IsMailed(JsonElement entry) => entry.GetProperty("kind").GetString() == "mailed";

    private async Task CheckEndAsync()
    {
        var ticket = await TicketAsync();
        Assert.Equal("DONE", ticket.GetProperty("status").GetString());
        var (created, answered, resolved) = (Time("createdAt"), Time("firstResponseAt"), Time("resolvedAt"));
        Assert.True(created < answered && answered < resolved);
        Assert.False(ticket.TryGetProperty("acknowledgeBy", out _));
        (await (await new ApiClient(_app.Client).LogInAsync("eve@example.com", "long enough")).GetAsync($"/api/tickets/{_id}")).IsProblem(HttpStatusCode.NotFound);

        var stats = (await _admin.GetAsync("/api/stats")).Json;
        var period = stats.GetProperty("period");
        Assert.Equal(1, period.GetProperty("byStatus").GetProperty("DONE").GetInt32());
        Assert.Equal((answered - created).TotalSeconds, period.GetProperty("firstResponse").GetProperty("p50Seconds").GetDouble(), 0.002);
        Assert.Equal((resolved - created).TotalSeconds, period.GetProperty("resolution").GetProperty("p50Seconds").GetDouble(), 0.002);
        var people = await _admin.ListAllAsync("/api/auth/users", "users");
        Assert.All(people, person => Assert.Equal(0, person.GetProperty("openTickets").GetInt32()));

        DateTimeOffset Time(string name) => ticket.GetProperty(name).GetDateTimeOffset();
    }

    /// <summary>Whoever may see the ticket was told of its last version, and nobody else of any.</summary>
    private async Task CheckEventsAsync()
    {
        var version = (await TicketAsync()).GetProperty("version").GetInt64();
        for (var i = 0; i < 200 && (_told.GetValueOrDefault("staff") < version || _told.GetValueOrDefault("requester") < version); i++) await Task.Delay(50);
        Assert.Equal([("requester", version), ("staff", version)], _told.OrderBy(told => told.Key).Select(told => (told.Key, told.Value)));
    }

    private async Task ListenAsync(string who, ApiClient person, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", person.Token);
        using var response = await _app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var events = new EventReader(await response.Content.ReadAsStreamAsync());
        try
        {
            while (await events.NextAsync(_end.Token) is { } next)
            {
                if (next.Name != "ticket") continue;
                Assert.Equal(_id, next.Data.GetProperty("ticketId").GetString());
                var version = next.Data.GetProperty("version").GetInt64();
                Assert.True(version > _told.GetValueOrDefault(who), "Versions grow.");
                _told[who] = version;
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The test is over.
        }
    }

    private readonly List<string> _mails = [];

    /// <summary>Exactly these further mails go out.</summary>
    private async Task MailedAsync(params string[] mails)
    {
        _mails.AddRange(mails);
        List<string> sent = [];
        for (var i = 0; i < 1_200; i++)
        {
            sent = [.. _smtp.Messages.Select(Describe).Order()];
            if (sent.Count >= _mails.Count && new SqliteLedger(_folder.Path).Effects() == 0) break;
            await Task.Delay(50);
        }

        Assert.Equal(_mails.Order(), sent);
    }

    private static string Describe(MimeMessage mail) => $"{mail.MessageId!.Split('.')[0]} {mail.To.Mailboxes.Single().Address.Split('@')[0]}";

    private static string Describe(JsonElement entry)
    {
        var actor = entry.GetProperty("actor");
        var text = $"{entry.GetProperty("seq").GetInt32()} {actor.GetProperty("kind").GetString()}{Part(actor, "name")}{Part(entry, "kind")}{Part(entry, "field")}";
        if (entry.TryGetProperty("field", out _)) text += $"{Part(entry, "from")} ->{Part(entry, "to")}";
        return entry.GetProperty("internal").GetBoolean() ? $"{text}, internal" : text;
    }

    private static string Part(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? $" {value.GetString()}" : "";

    private async Task<JsonElement> TicketAsync() => (await _admin.GetAsync($"/api/tickets/{_id}")).Json.GetProperty("ticket");

    private async Task PatchAsync(ApiClient who, object change)
    {
        var body = JsonSerializer.SerializeToNode(change)!;
        body["version"] = (await TicketAsync()).GetProperty("version").GetInt64();
        var reply = await who.SendAsync(HttpMethod.Patch, $"/api/tickets/{_id}", body.ToJsonString());
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Text);
    }

    private async Task CommentAsync(ApiClient who, string body, bool isInternal = false) => Assert.Equal(
        HttpStatusCode.Created, (await who.PostAsync($"/api/tickets/{_id}/comments", new { body, @internal = isInternal })).Status);
}
