using System.Net;
using System.Text;
using MimeKit;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Notifications;

public sealed class SmtpMailTransportTests : IAsyncDisposable
{
    private readonly LoopbackSmtpServer server = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task The_mail_arrives_whole()
    {
        await SendAsync(Mails.Options(server.Port));

        var message = Assert.Single(server.Messages);
        var alternative = Assert.IsType<MultipartAlternative>(message.Body);
        Assert.Equal(["text/plain", "text/html"], alternative.Select(part => part.ContentType.MimeType));
        Assert.All(alternative, part => Assert.Equal("utf-8", part.ContentType.Charset));
        Assert.Equal(MessageId.For(Mails.Key, "tickets.local"), message.MessageId);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.Equal("[High] Pods restart every minute (#9e0f1a2b)", message.Subject);
        Assert.Equal(Mails.OwedAt, message.Date);
        Assert.Contains("größer als 512 MB?", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("<h1 class=\"ink\"", message.HtmlBody, StringComparison.Ordinal);
        Assert.All(Encoding.Latin1.GetString(server.RawMessages[0]), c => Assert.True(char.IsAscii(c)));
        Assert.Contains("MAIL FROM:<no-reply@tickets.local>", server.Commands.Single(c => c.StartsWith("MAIL", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal("RCPT TO:<mo@example.com>", server.Commands.Single(c => c.StartsWith("RCPT", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task It_logs_in_where_it_has_a_password()
    {
        var credentials = new NetworkCredential("user", "pässword");
        await using var guarded = new LoopbackSmtpServer(credentials);

        await SendAsync(Mails.Options(guarded.Port) with { Credentials = credentials });

        Assert.Single(guarded.Messages);
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_the_password_and_may_be_corrected()
    {
        await using var guarded = new LoopbackSmtpServer(new NetworkCredential("user", "right"));

        var exception = await FailAsync(Mails.Options(guarded.Port) with { Credentials = new("user", "wr0ng!") });

        Assert.False(exception.IsPermanent);
        Assert.Contains("wrong user or password", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("wr0ng!", exception.ToString(), StringComparison.Ordinal);
        Assert.Empty(guarded.Messages);
    }

    [Fact]
    public async Task A_server_that_is_not_there_may_come_back()
    {
        var port = LoopbackSmtpServer.UnusedPort();

        var exception = await FailAsync(Mails.Options(port));

        Assert.False(exception.IsPermanent);
        Assert.Contains($"127.0.0.1:{port}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SmtpFault.SilentGreeting)]
    [InlineData(SmtpFault.SlowSteps)]
    public async Task A_slow_server_is_given_up_after_the_time_limit_in_total(SmtpFault fault)
    {
        server.Order(fault);

        var exception = await FailAsync(Mails.Options(server.Port) with { Timeout = LoopbackSmtpServer.StepDelay * 2.5 });

        Assert.False(exception.IsPermanent);
        Assert.Contains("Smtp__TimeoutSeconds", exception.Message, StringComparison.Ordinal);
        Assert.Empty(server.Messages);
    }

    [Theory]
    [InlineData(SmtpFault.DropInData, false, "")]
    [InlineData(SmtpFault.DropAfterFinalDot, false, "")]
    [InlineData(SmtpFault.MailboxBusy, false, "450")]
    [InlineData(SmtpFault.MailboxFull, false, "552")]
    [InlineData(SmtpFault.TooManyMails, false, "550 5.7.0")]
    [InlineData(SmtpFault.NoSuchMailbox, true, "550 5.1.1")]
    public async Task A_failure_is_permanent_only_where_there_is_no_such_mailbox(SmtpFault fault, bool permanent, string told)
    {
        server.Order(fault);

        var exception = await FailAsync(Mails.Options(server.Port));

        Assert.Equal(permanent, exception.IsPermanent);
        Assert.Contains(told, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_hangs_after_taking_the_mail_has_taken_it()
    {
        server.Order(SmtpFault.SilentQuit);

        await SendAsync(Mails.Options(server.Port));

        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task A_server_without_tls_is_refused_where_tls_is_demanded()
    {
        var exception = await FailAsync(Mails.Options(server.Port) with { Security = MailSecurity.StartTls });

        Assert.Contains("STARTTLS", exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task A_password_does_not_leave_the_machine_without_tls()
    {
        var outside = Dns.GetHostAddresses(Dns.GetHostName()).FirstOrDefault(address =>
            address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        if (outside is null) Assert.Skip("This machine has no IPv4 address but loopback, which is exempt.");
        var credentials = new NetworkCredential("user", "secret");
        await using var guarded = new LoopbackSmtpServer(credentials);
        var options = Mails.Options(guarded.Port) with { SmtpHost = outside.ToString(), Credentials = credentials };

        var exception = await FailAsync(options);
        Assert.Contains("Smtp__Security", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(guarded.Commands, command => command.StartsWith("AUTH", StringComparison.Ordinal));

        await SendAsync(options with { Security = MailSecurity.None });
        Assert.Single(guarded.Messages);
    }

    [Fact]
    public async Task A_cancelled_call_says_that_it_was_cancelled()
    {
        server.Order(SmtpFault.SilentGreeting);
        using var cancelled = new CancellationTokenSource();
        var sending = new SmtpMailTransport(Mails.Options(server.Port)).SendAsync(Mails.Compose(Mails.Ticket), cancelled.Token);

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private static Task SendAsync(MailOptions options) =>
        new SmtpMailTransport(options).SendAsync(Mails.Compose(Mails.Ticket), TestContext.Current.CancellationToken);

    private static Task<MailTransportException> FailAsync(MailOptions options) =>
        Assert.ThrowsAsync<MailTransportException>(() => SendAsync(options));
}
