using System.Net;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>A proposal that waits for a person outlives the process.</summary>
public sealed class SupervisedRestartTests : IDisposable
{
    private readonly TempFolder _folder = new();

    // While it waits; and after a person's word is stored, before its triage is told.
    [Theory]
    [InlineData(null)]
    [InlineData("store.commit:1")]
    public async Task Killed_while_it_waits_it_waits_on_and_is_settled_once(string? killAt)
    {
        await using var app = new AppProcess(_folder, new Dictionary<string, string?> { ["Triage__Mode"] = "supervised" });
        using var http = new HttpClient { BaseAddress = app.BaseAddress, Timeout = TimeSpan.FromSeconds(10) };
        await app.StartAsync();
        var admin = await new ApiClient(http).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        await admin.AddModeratorAsync("kafka@example.com", "Kafka");
        var user = await new ApiClient(http).SignUpAsync("user@example.com");
        var posted = await user.PostAsync("/api/tickets", new { title = "Kafka lags", description = "The Kafka consumer lags." });
        var id = posted.Json.GetProperty("ticket").GetProperty("id").GetString()!;
        await admin.WaitForTicketAsync(id, t => t.GetProperty("triage").GetProperty("state").GetString() == "awaiting_confirmation");
        await app.KillAsync();

        var log = _folder.File("killed.log");
        await app.StartAsync(killAt, killAt is null ? null : log);
        if (killAt is not null)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => admin.PostAsync($"/api/tickets/{id}/triage/confirm", new { priority = "low" }));
            await app.WaitForExitAsync(TimeSpan.FromSeconds(20));
            Assert.Equal([killAt], await File.ReadAllLinesAsync(log));
            await app.StartAsync();
        }

        // What got no answer is said again.
        var confirmed = await admin.PostAsync($"/api/tickets/{id}/triage/confirm", new { priority = "low" });

        Assert.Equal(HttpStatusCode.OK, confirmed.Status);
        var ticket = await admin.WaitForTicketAsync(id, t => t.GetProperty("assignedTo").ValueKind == System.Text.Json.JsonValueKind.Object);
        Assert.Equal("low", ticket.GetProperty("priority").GetString());
        var ledger = new SqliteLedger(_folder.Path);
        for (var i = 0; i < 200 && ledger.Sent().Count == 0; i++) await Task.Delay(50);
        Assert.Single(ledger.Sent());
        Assert.Equal(1, ledger.Claims());
        for (var i = 0; i < 200 && await StepAsync() != "done"; i++) await Task.Delay(50);
        Assert.Equal("done", await StepAsync());

        async Task<string?> StepAsync() => (await admin.GetAsync($"/api/tickets/{id}/triage")).Json.GetProperty("step").GetString();
    }

    public void Dispose() => _folder.Dispose();
}
