using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Notifications;

public sealed class MailSenderTests : IAsyncDisposable
{
    private readonly LoopbackSmtpServer server = new();
    private readonly InMemoryMailLedger ledger = new();
    private readonly ShiftedClock clock = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_mail_is_sent_once_however_often_it_is_asked_for()
    {
        Assert.Equal(SendOutcome.Sent, (await SendAsync()).Outcome);
        Assert.Equal(SendOutcome.AlreadySent, (await SendAsync()).Outcome);

        Assert.Single(server.Messages);
        var row = await RowAsync();
        Assert.Equal((1, null, null), (row.Attempts, row.SendingUntil, row.LastError));
        Assert.NotNull(row.SentAt);
    }

    [Theory]
    [InlineData(SmtpFault.SilentGreeting)]
    [InlineData(SmtpFault.DropInData)]
    [InlineData(SmtpFault.MailboxBusy)]
    public async Task After_a_failure_the_row_is_unsent_with_its_reason_and_the_next_attempt_succeeds(SmtpFault fault)
    {
        server.Order(fault);

        var failure = await Assert.ThrowsAsync<MailTransportException>(() => SendAsync(Options() with { Timeout = TimeSpan.FromSeconds(fault == SmtpFault.SilentGreeting ? 1 : 30) }));
        var failed = await RowAsync();
        Assert.False(failure.IsPermanent);
        Assert.Equal((1, null, null), (failed.Attempts, failed.SentAt, failed.SendingUntil));
        Assert.Equal(failure.Message, failed.LastError);
        Assert.Empty(server.Messages);

        Assert.Equal(SendOutcome.Sent, (await SendAsync()).Outcome);
        Assert.Equal(failed.MessageId, Assert.Single(server.Messages).MessageId);
    }

    [Fact]
    public async Task A_refused_connection_leaves_the_row_unsent_with_its_reason()
    {
        await Assert.ThrowsAsync<MailTransportException>(() => SendAsync(Options() with { SmtpPort = LoopbackSmtpServer.UnusedPort() }));

        var row = await RowAsync();
        Assert.Null(row.SentAt);
        Assert.Contains("127.0.0.1", row.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_never_says_ok_gets_the_same_message_again()
    {
        server.Order(SmtpFault.DropAfterFinalDot);

        await Assert.ThrowsAsync<MailTransportException>(() => SendAsync());
        await SendAsync();

        Assert.Equal(2, server.RawMessages.Count);
        Assert.Equal(server.RawMessages[0], server.RawMessages[1]);
    }

    [Fact]
    public async Task A_crash_between_ok_and_ledger_sends_the_same_message_again_and_only_then()
    {
        ledger.MarkSentFailures.Enqueue(new InvalidOperationException("The process died here."));
        await Assert.ThrowsAsync<InvalidOperationException>(() => SendAsync());

        var busy = await SendAsync();
        Assert.Equal(SendOutcome.Busy, busy.Outcome);
        Assert.Equal((await RowAsync()).SendingUntil, busy.BusyUntil);
        Assert.Single(server.Messages);

        clock.Shift += Options().Lease;
        Assert.Equal(SendOutcome.Sent, (await SendAsync()).Outcome);
        Assert.Equal(SendOutcome.AlreadySent, (await SendAsync()).Outcome);
        Assert.Equal(2, server.RawMessages.Count);
        Assert.Equal(server.RawMessages[0], server.RawMessages[1]);
        Assert.Equal(2, (await RowAsync()).Attempts);
    }

    [Fact]
    public async Task A_ledger_that_is_away_for_a_moment_leads_to_no_second_mail()
    {
        ledger.MarkSentFailures.Enqueue(new StoreUnavailableException("away"));

        Assert.Equal(SendOutcome.Sent, (await SendAsync()).Outcome);

        Assert.NotNull((await RowAsync()).SentAt);
        Assert.Equal(SendOutcome.AlreadySent, (await SendAsync()).Outcome);
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task Senders_at_the_same_time_send_once()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => SendAsync())));

        Assert.Single(outcomes, result => result.Outcome == SendOutcome.Sent);
        Assert.Single(server.Messages);
        Assert.Equal(1, (await RowAsync()).Attempts);
    }

    [Fact]
    public async Task A_mail_that_cannot_be_composed_keeps_its_reason_and_frees_the_row()
    {
        await Assert.ThrowsAsync<MailTransportException>(() => SendAsync(compose: _ => throw new MailTransportException("no address", isPermanent: true)));

        var row = await RowAsync();
        Assert.Equal(("no address", null), (row.LastError, row.SendingUntil));
    }

    [Fact]
    public async Task The_moment_between_ok_and_ledger_can_be_observed()
    {
        var seen = new ConcurrentQueue<(string Name, bool Recorded)>();
        var subscriptions = new ConcurrentBag<IDisposable>();
        subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(source =>
        {
            if (source.Name != "TicketAssistant.Checkpoints") return;
            subscriptions.Add(source.Subscribe(new Observer<KeyValuePair<string, object?>>(e =>
            {
                // Other tests may send mails meanwhile: only with ours at the server is the moment ours.
                if (server.Messages.Count == 1) seen.Enqueue((e.Key, RowAsync().Result.SentAt is not null));
            })));
        })));

        await SendAsync();

        foreach (var subscription in subscriptions) subscription.Dispose();
        Assert.Contains(("mail.sent", false), seen);
    }

    private MailOptions Options() => Mails.Options(server.Port);

    private Task<SendResult> SendAsync(MailOptions? options = null, Func<MailLedgerEntry, MimeMessage>? compose = null)
    {
        options ??= Options();
        var sender = new MailSender(ledger, new SmtpMailTransport(options), options, clock, NullLogger<MailSender>.Instance);
        return sender.SendAsync(
            Mails.Key,
            compose ?? (entry => Mails.Compose(MailKind.Assigned, Mails.Ticket, Mails.Moderator, entry.MessageId, options)),
            TestContext.Current.CancellationToken);
    }

    private async Task<MailLedgerEntry> RowAsync() =>
        await ledger.FindAsync(Mails.Key, CancellationToken.None) ?? throw new InvalidOperationException("There is no row.");

    /// <summary>The real time, moved: leases lapse without waiting for them.</summary>
    private sealed class ShiftedClock : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }

    private sealed class Observer<T>(Action<T> next) : IObserver<T>
    {
        public void OnNext(T value) => next(value);

        public void OnError(Exception error) { }

        public void OnCompleted() { }
    }
}
