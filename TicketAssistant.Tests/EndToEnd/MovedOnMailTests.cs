using System.Net;
using System.Text.Json;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>A ticket is given on while the mail of its first assignment can't be delivered.</summary>
public sealed class MovedOnMailTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly LoopbackSmtpServer _smtp = new();
    private LocalHostHarness _app = null!;
    private ApiClient _admin = null!;

    public async ValueTask InitializeAsync()
    {
        _app = await InProcessApp.StartAsync(_folder.Path, new Dictionary<string, string?>
        {
            ["Smtp__Host"] = "127.0.0.1",
            ["Smtp__Port"] = $"{_smtp.Port}",
            ["Smtp__Security"] = "None",
        });
        _admin = await new ApiClient(_app.Client).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
    }

    [Fact]
    public async Task The_mail_to_the_first_one_is_not_owed_for_ever_and_does_not_go_out_when_the_ticket_comes_back_to_them()
    {
        // Ben, who never confirmed his address, is told of nothing: all mails are to the two who get the ticket.
        var ann = await _admin.AddModeratorAsync("ann@example.com", "Kafka");
        var ben = await new ApiClient(_app.Client).SignUpAsync("ben@example.com");
        await WaitForAsync(owed => owed.Count == 0);
        _smtp.Order(SmtpFault.MailboxBusy);
        var id = (await ben.PostAndWaitAsync("Kafka lags", "The Kafka consumer group lags.", _admin)).GetProperty("id").GetString()!;
        await WaitForAsync(owed => owed is ["assigned"] && Ledger.Attempts() is [var first] && first.Contains("mailbox busy", StringComparison.Ordinal));
        var bob = await _admin.AddModeratorAsync("bob@example.com");

        await GiveAsync(id, bob);
        await GiveAsync(id, ann);
        await WaitForAsync(owed => owed.Count == 0);

        var assigned = _smtp.Messages.Select(m => m.MessageId!.Split('@')[0]).Where(m => m.StartsWith("assigned.", StringComparison.Ordinal));
        Assert.Equal(["2", "3"], assigned.Select(m => m.Split('.')[^1]).Order());
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _smtp.DisposeAsync();
        _folder.Dispose();
    }

    private SqliteLedger Ledger => new(_folder.Path);

    private async Task GiveAsync(string id, ApiClient to)
    {
        var assignedTo = (await to.GetAsync("/api/auth/me")).Json.GetProperty("user").GetProperty("id").GetString()!;
        var version = (await _admin.GetAsync($"/api/tickets/{id}")).Json.GetProperty("ticket").GetProperty("version").GetInt64();
        var reply = await _admin.SendAsync(HttpMethod.Patch, $"/api/tickets/{id}", JsonSerializer.Serialize(new { version, assignedTo }));
        Assert.True(reply.Status == HttpStatusCode.OK, reply.Text);
        await WaitForAsync(_ => Ledger.Sent().Exists(mail => mail.StartsWith("assigned.", StringComparison.Ordinal) && mail.Contains(Guid.Parse(assignedTo).ToString("N"), StringComparison.Ordinal)));
    }

    /// <summary>At most 30 s, until the kinds of the owed mails are as they should be.</summary>
    private async Task WaitForAsync(Predicate<List<string>> isSo)
    {
        for (var i = 0; i < 600 && !isSo(Ledger.Owed()); i++) await Task.Delay(50);
        Assert.True(isSo(Ledger.Owed()), $"owed: {string.Join(", ", Ledger.Owed())}; attempts: {string.Join(" | ", Ledger.Attempts())}");
    }
}
