using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Health;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Health;

/// <summary>What readiness says to whom, and where an admin is sent to look further.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task Staff_hears_how_triage_is_set_and_admins_where_to_look_further()
    {
        using var folder = new TempFolder();
        await using var app = await InProcessApp.StartAsync(folder.Path, new Dictionary<string, string?> { ["Triage__Mode"] = "supervised", ["Triage__ConfirmBelow"] = "0.7" });
        var admin = await new ApiClient(app.Client).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        var moderator = await admin.AddModeratorAsync("mia@example.com", "Go");
        var user = await new ApiClient(app.Client).SignUpAsync("rita@example.com");

        var told = await ReadyAsync(admin);
        Assert.Equal(("supervised", 0.7, 60), ModeOf(told));
        Assert.Equal("/runtime/runs/", told.GetProperty("links").GetProperty("runs").GetString());
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync(told.GetProperty("links").GetProperty("mailbox").GetString()!)).Status);
        told = await ReadyAsync(moderator);
        Assert.Equal(("supervised", 0.7, 60), ModeOf(told));
        Assert.False(told.TryGetProperty("links", out _));
        foreach (var nobody in new[] { user, new ApiClient(app.Client), new ApiClient(app.Client, "no.token.atall") })
            Assert.Equal(["status", "store", "durable", "mail", "model"], (await ReadyAsync(nobody)).EnumerateObject().Select(p => p.Name));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("/runtime/runs/", "/runtime/runs/")]
    [InlineData("https://monitor.example.com/hub?app=tickets", "https://monitor.example.com/hub?app=tickets")]
    public void The_runs_are_where_the_setting_says(string? setting, string? expected)
    {
        var links = AdminLinks.Read(With(setting), mailbox: null);

        Assert.Equal(expected, links.Runs);
        Assert.Null(links.Mailbox);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("//elsewhere.example.com/")]
    [InlineData("/\\elsewhere.example.com/")]
    [InlineData("runs")]
    public void What_is_neither_an_address_nor_a_path_is_named(string setting) =>
        Assert.Equal("App__RunsUrl", Assert.Throws<SettingException>(() => AdminLinks.Read(With(setting), mailbox: null)).Setting);

    private static IConfiguration With(string? runs) => new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("App:RunsUrl", runs)]).Build();

    private static async Task<JsonElement> ReadyAsync(ApiClient client) => (await client.GetAsync("/api/health/ready")).Json;

    private static (string?, double, int) ModeOf(JsonElement ready)
    {
        var triage = ready.GetProperty("triage");
        return (triage.GetProperty("mode").GetString(), triage.GetProperty("confirmBelow").GetDouble(), triage.GetProperty("confirmMinutes").GetInt32());
    }
}
