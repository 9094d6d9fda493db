using System.Net;
using System.Text.Json;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>Limits outlive the process that started them, and none is lost with it.</summary>
public sealed class EscalationRestartTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly AppProcess _app;
    private readonly HttpClient _http;

    public EscalationRestartTests()
    {
        _app = new AppProcess(_folder, new Dictionary<string, string?>
        {
            ["Acknowledgement__MinutesUrgent"] = "1440",
            ["Acknowledgement__MinutesHigh"] = "1440",
            ["Acknowledgement__MinutesMedium"] = "1440",
            ["Acknowledgement__MinutesLow"] = "1440",
        });
        _http = new HttpClient { BaseAddress = _app.BaseAddress, Timeout = TimeSpan.FromSeconds(10) };
    }

    [Fact]
    public async Task Killed_again_and_again_in_a_wait_of_a_day_the_reminder_still_comes_on_time()
    {
        await _app.StartAsync();
        var id = await PostAsync();
        var due = (await TicketAsync(id)).GetProperty("acknowledgeBy").GetDateTimeOffset();
        Assert.InRange(due - DateTimeOffset.UtcNow, TimeSpan.FromHours(23.9), TimeSpan.FromHours(24));

        foreach (var hours in new[] { 8, 16 })
        {
            await _app.KillAsync();
            _app.ClockAhead = TimeSpan.FromHours(hours);
            await _app.StartAsync();
            Assert.Null(await ReminderAsync(id));
        }

        await _app.KillAsync();
        _app.ClockAhead = due - DateTimeOffset.UtcNow - TimeSpan.FromSeconds(12);
        await _app.StartAsync();
        var reminded = await WaitForReminderAsync(id);

        Assert.InRange(reminded, due, due.AddSeconds(5));
    }

    /// <summary>One of these commits is the claim; the process dies before it can start the clock.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Killed_between_an_assignment_and_its_clock_the_clock_starts_after_all(int commit)
    {
        await _app.StartAsync();
        var admin = await AdminAsync();
        await admin.AddModeratorAsync("ann@example.com", "Kafka");
        var rita = await new ApiClient(_http).SignUpAsync("rita@example.com");
        // The welcomes' commits are none of those that are counted.
        var ledger = new SqliteLedger(_folder.Path);
        for (var i = 0; i < 200 && ledger.Settled("welcome") < 2; i++) await Task.Delay(50);
        Assert.Equal(2, ledger.Settled("welcome"));
        await _app.KillAsync();

        var log = _folder.File("killed.log");
        await _app.StartAsync($"store.commit:{commit}", log);
        try
        {
            await rita.PostAsync("/api/tickets", new { title = "Kafka lags", description = "The Kafka consumer lags." }, ("Idempotency-Key", "one"));
        }
        catch (HttpRequestException)
        {
            // Killed before it could answer.
        }

        await _app.WaitForExitAsync(TimeSpan.FromSeconds(30));
        await _app.StartAsync();
        var posted = await rita.PostAsync("/api/tickets", new { title = "Kafka lags", description = "The Kafka consumer lags." }, ("Idempotency-Key", "one"));
        var id = posted.Json.GetProperty("ticket").GetProperty("id").GetString()!;
        await (await AdminAsync()).WaitForTicketAsync(id, ticket => ticket.GetProperty("assignedTo").ValueKind == JsonValueKind.Object);
        await WaitForClockAsync(id);

        Assert.Single(await File.ReadAllLinesAsync(log));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private Task<ApiClient> AdminAsync() => new ApiClient(_http).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);

    private async Task<string> PostAsync()
    {
        var admin = await AdminAsync();
        await admin.AddModeratorAsync("ann@example.com", "Kafka");
        var rita = await new ApiClient(_http).SignUpAsync("rita@example.com");
        return (await rita.PostAndWaitAsync("Kafka lags", "The Kafka consumer lags.", admin)).GetProperty("id").GetString()!;
    }

    private async Task<JsonElement> TicketAsync(string id) => (await (await AdminAsync()).GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket");

    private async Task<DateTimeOffset?> ReminderAsync(string id)
    {
        var entries = await (await AdminAsync()).ListAllAsync($"/api/tickets/{id}/timeline", "entries");
        return entries.Find(entry => entry.GetProperty("kind").GetString() == "reminded") is { ValueKind: JsonValueKind.Object } found
            ? found.GetProperty("at").GetDateTimeOffset()
            : null;
    }

    private async Task<DateTimeOffset> WaitForReminderAsync(string id)
    {
        for (var i = 0; i < 60; i++)
        {
            if (await ReminderAsync(id) is { } at) return at;
            await Task.Delay(500);
        }

        Assert.Fail($"No reminder came.\n{_app.Output}");
        return default;
    }

    private async Task WaitForClockAsync(string id)
    {
        var key = (await File.ReadAllTextAsync(_folder.File("management-key.txt"))).Trim();
        var path = $"/runtime/webhooks/durabletask/instances?instanceIdPrefix=ack-{id}&runtimeStatus=Running&code={key}";
        for (var i = 0; i < 300; i++)
        {
            var reply = await new ApiClient(_http).GetAsync(path);
            if (reply.Status == HttpStatusCode.OK && reply.Json.GetArrayLength() == 1) return;
            await Task.Delay(100);
        }

        Assert.Fail($"No clock runs.\n{_app.Output}");
    }
}
