using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Audit;

/// <summary>What admins do is written down, can be looked up, and cannot be changed.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task What_an_admin_does_is_in_the_log_with_who_what_and_when()
    {
        using var folder = new TempFolder();
        await using var app = await InProcessApp.StartAsync(folder.Path);
        var client = new ApiClient(app.Client);
        var admin = await client.LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        var mo = await client.SignUpAsync("mo@example.org");
        var id = (await mo.GetAsync("/api/auth/me")).Json.GetProperty("user").GetProperty("id").GetString()!;
        var ticket = (await mo.PostAndWaitAsync("VPN is down", "Nothing works since noon.", admin)).GetProperty("id").GetString()!;

        await OkAsync(admin.PostAsync("/api/auth/update-user", new { email = "mo@example.org", role = "moderator", skills = new[] { "vpn", "go" } }));
        await OkAsync(admin.PostAsync("/api/auth/update-user", new { email = "mo@example.org", capacity = 3 }));
        await OkAsync(admin.PostAsync("/api/auth/update-user", new { email = "mo@example.org" })); // changes nothing
        await OkAsync(admin.PostAsync($"/api/tickets/{ticket}/triage"));
        await OkAsync(admin.PostAsync("/api/auth/update-user", new { email = "mo@example.org", active = false }));
        await OkAsync(admin.GetAsync($"/api/users/{id}/export"));
        await OkAsync(admin.SendAsync(HttpMethod.Delete, $"/api/users/{id}/data"));

        var entries = await admin.ListAllAsync("/api/audit", "entries");
        Assert.Equal(
            ["person_erased", "person_exported", "account_closed", "ticket_retriaged", "availability_changed", "skills_changed", "role_changed"],
            entries.Select(e => e.GetProperty("action").GetString()).Where(a => a != "fallbacks_retried"));
        var role = entries.Single(e => e.GetProperty("action").GetString() == "role_changed");
        Assert.Equal(("user to moderator", id, AppProcess.AdminEmail), (Text(role, "detail"), Text(role, "subject"), Text(role, "actor")));
        Assert.Equal(ticket, Text(entries.Single(e => Text(e, "action") == "ticket_retriaged"), "subject"));

        Assert.Equal(6, (await admin.ListAllAsync($"/api/audit?subject={id}", "entries")).Count);
        Assert.Single(await admin.ListAllAsync("/api/audit?action=person_exported", "entries"));
        Assert.Empty(await admin.ListAllAsync($"/api/audit?actor={id}", "entries"));
        Assert.Empty(await admin.ListAllAsync("/api/audit?from=2999-01-01", "entries"));
        (await admin.GetAsync("/api/audit?actor=somebody")).IsProblem(HttpStatusCode.BadRequest);
        (await admin.GetAsync("/api/audit?action=dancing")).IsProblem(HttpStatusCode.BadRequest);
        (await admin.GetAsync("/api/audit?cursor=x")).IsProblem(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_log_is_for_admins()
    {
        using var folder = new TempFolder();
        await using var app = await InProcessApp.StartAsync(folder.Path);
        var client = new ApiClient(app.Client);
        var admin = await client.LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        var mo = await admin.AddModeratorAsync("mo@example.org", "vpn");

        (await client.GetAsync("/api/audit")).IsProblem(HttpStatusCode.Unauthorized);
        (await mo.GetAsync("/api/audit")).IsProblem(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("DELETE FROM audit")]
    [InlineData("UPDATE audit SET actor_id = NULL")]
    public async Task The_file_refuses_to_forget_or_change_an_entry(string statement)
    {
        using var folder = new TempFolder();
        await using (var app = await InProcessApp.StartAsync(folder.Path))
        {
            var admin = await new ApiClient(app.Client).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
            await admin.AddModeratorAsync("mo@example.org", "vpn");
        }

        using var connection = new SqliteConnection($"Data Source={folder.File("tickets.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        Assert.Contains("only added to", Assert.Throws<SqliteException>(() => command.ExecuteNonQuery()).Message, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement entry, string name) => entry.GetProperty(name).GetString();

    private static async Task OkAsync(Task<ApiReply> reply)
    {
        var answer = await reply;
        Assert.InRange((int)answer.Status, 200, 299);
    }
}
