using System.Globalization;
using MimeKit;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.EndToEnd;

/// <summary>The assignment mail from POST to a real SMTP server on loopback that behaves in every way that it may.</summary>
public sealed class MailTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly LoopbackSmtpServer _smtp = new();

    [Fact]
    public async Task The_assignee_is_told_once()
    {
        await RunAsync();

        var mail = Assert.Single(Assigned());
        Assert.Equal("kafka@example.com", mail.To.Mailboxes.Single().Address);
        Assert.Contains("Kafka lags", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("/tickets/", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Kafka", mail.HtmlBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpFault.DropInData)]
    [InlineData(SmtpFault.MailboxBusy)]
    [InlineData(SmtpFault.SilentGreeting)]
    public async Task A_mail_that_did_not_go_out_is_tried_again(SmtpFault fault)
    {
        await RunAsync(fault);

        Assert.Single(Assigned());
        var attempts = Assert.Single(new SqliteLedger(_folder.Path).Attempts());
        Assert.StartsWith("2 ", attempts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_took_the_mail_but_did_not_say_so_gets_the_same_message_id_again()
    {
        await RunAsync(SmtpFault.DropAfterFinalDot);

        Assert.Equal(2, Assigned().Count);
        Assert.Single(Assigned().Select(mail => mail.MessageId).Distinct());
        Assert.Single(new SqliteLedger(_folder.Path).Sent());
    }

    [Fact]
    public async Task While_the_server_refuses_the_ticket_is_assigned_and_the_mail_stays_owed()
    {
        await using var app = await StartAsync(LoopbackSmtpServer.UnusedPort());
        var ledger = new SqliteLedger(_folder.Path);
        for (var i = 0; i < 200 && !ledger.Attempts().Exists(a => a.Contains("127.0.0.1", StringComparison.Ordinal)); i++) await Task.Delay(50);

        Assert.Empty(ledger.Sent());
        Assert.Equal(1, ledger.Rows());
        var ready = await new ApiClient(app.Client).GetAsync("/api/health/ready");
        Assert.Equal("failing", ready.Json.GetProperty("mail").GetString());
        Assert.Equal("ready", ready.Json.GetProperty("status").GetString());
    }

    public async ValueTask DisposeAsync()
    {
        await _smtp.DisposeAsync();
        _folder.Dispose();
    }

    private List<MimeMessage> Assigned() => [.. _smtp.Messages.Where(mail => mail.MessageId!.StartsWith("assigned.", StringComparison.Ordinal))];

    private async Task RunAsync(SmtpFault? fault = null)
    {
        await using var app = await StartAsync(_smtp.Port, fault);
        var ledger = new SqliteLedger(_folder.Path);
        for (var i = 0; i < 600 && ledger.Sent().Count == 0; i++) await Task.Delay(50);
        Assert.Single(ledger.Sent());
    }

    /// <summary>Starts the app and brings one ticket to its assignee.</summary>
    private async Task<LocalHostHarness> StartAsync(int smtpPort, SmtpFault? fault = null)
    {
        var app = await InProcessApp.StartAsync(_folder.Path, new Dictionary<string, string?>
        {
            ["Smtp__Host"] = "127.0.0.1",
            ["Smtp__Port"] = smtpPort.ToString(CultureInfo.InvariantCulture),
            ["Smtp__Security"] = "None",
            ["Smtp__TimeoutSeconds"] = "1",
        });
        var admin = await new ApiClient(app.Client).LogInAsync(AppProcess.AdminEmail, AppProcess.AdminPassword);
        await admin.AddModeratorAsync("kafka@example.com", "Kafka");
        var user = await new ApiClient(app.Client).SignUpAsync("user@example.com");
        if (smtpPort == _smtp.Port)
        {
            // The welcomes are out of the way: the fault is for the mail about the ticket.
            var ledger = new SqliteLedger(_folder.Path);
            for (var i = 0; i < 200 && ledger.Owed().Count > 0; i++) await Task.Delay(50);
            if (fault is { } ordered) _smtp.Order(ordered);
        }

        await user.PostAndWaitAsync("Kafka lags", "The Kafka consumer lags.", admin);
        return app;
    }
}
