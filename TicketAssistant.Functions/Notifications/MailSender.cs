using System.Diagnostics;
using System.Globalization;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Logging;
using MimeKit;
using TicketAssistant.Diagnostics;
using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Telemetry;

namespace TicketAssistant.Functions.Notifications;

/// <summary>
/// Sends each mail once. The ledger is the truth: a process that dies between the server's OK and the ledger write, or that
/// never hears that OK, leaves the mail to be sent again with the same Message-ID, and nothing else does.
/// </summary>
/// <param name="ledger">Who was told what.</param>
/// <param name="transport">How mail goes out.</param>
/// <param name="options">Message-ID domain and lease.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="logger">Told of what does not change the outcome.</param>
public sealed class MailSender(
    IMailLedger ledger, IMailTransport transport, MailOptions options, TimeProvider clock, ILogger<MailSender> logger)
{
    private const int MaxReason = 500;
    private static readonly TimeSpan LedgerRetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Sends the mail unless it went out before. Safe to repeat and to call from several processes at once.</summary>
    /// <param name="key">What makes it the same mail.</param>
    /// <param name="compose">
    /// Makes the message from the ledger's row, whose Message-ID and time it must use. Only called when the mail is to go out.
    /// </param>
    /// <param name="cancellationToken">Stops before or during the hand-over; once the mail is accepted, the ledger is written all the same.</param>
    /// <exception cref="MailTransportException">It did not go out; the row stays unsent and keeps the reason, closed where it is permanent.</exception>
    /// <exception cref="StoreUnavailableException">The ledger cannot be reached.</exception>
    public async Task<SendResult> SendAsync(MailKey key, Func<MailLedgerEntry, MimeMessage> compose, CancellationToken cancellationToken)
    {
        var entry = await ledger.OweAsync(key, MessageId.For(key, options.MessageIdDomain), clock.GetUtcNow(), cancellationToken);
        if (Ended(entry) is { } ended) return ended;

        var now = clock.GetUtcNow();
        var until = now + options.Lease;
        if (!await ledger.TryBeginSendAsync(key, now, until, cancellationToken))
        {
            var other = await ledger.FindAsync(key, cancellationToken);
            return Ended(other) ?? new(SendOutcome.Busy, other?.SendingUntil ?? now);
        }

        using (var span = Span(key))
        {
            try
            {
                await transport.SendAsync(compose(entry), cancellationToken);
            }
            catch (Exception exception)
            {
                AppTelemetry.Mailed(key.Kind, exception is MailTransportException { IsPermanent: true } ? "refused" : "failed");
                span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", ErrorType(exception));
                await MarkFailedAsync(key, exception);
                throw;
            }
        }

        AppTelemetry.Mailed(key.Kind, "sent");
        Checkpoints.Reached("mail.sent");
        await MarkSentAsync(key, until);
        return new(SendOutcome.Sent);
    }

    /// <summary>Records that a mail which would be owed is not to be sent, unless it went out before.</summary>
    /// <param name="key">Which mail.</param>
    /// <param name="reason">Why not, for an admin to read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StoreUnavailableException">The ledger cannot be reached.</exception>
    public async Task SuppressAsync(MailKey key, string reason, CancellationToken cancellationToken)
    {
        await CloseAsync(key, MailClosure.Suppressed, reason, cancellationToken);
        AppTelemetry.Mailed(key.Kind, "suppressed");
    }

    /// <summary>By OpenTelemetry's conventions for messaging. The recipient is in none of it.</summary>
    private Activity? Span(MailKey key)
    {
        var kind = EnumNames<MailKind>.Of(key.Kind);
        var span = AppTelemetry.Source.StartActivity($"send {kind}", ActivityKind.Client)
            ?.SetTag("messaging.system", options.SmtpHost is null ? "file" : "smtp")
            .SetTag("messaging.operation.name", "send")
            .SetTag("messaging.operation.type", "send")
            .SetTag("mail.kind", kind);
        return options.SmtpHost is null ? span : span?.SetTag("server.address", options.SmtpHost).SetTag("server.port", options.SmtpPort);
    }

    private static string? ErrorType(Exception exception) => exception switch
    {
        MailTransportException { InnerException: SmtpCommandException refusal } => ((int)refusal.StatusCode).ToString(CultureInfo.InvariantCulture),
        MailTransportException { InnerException: { } cause } => cause.GetType().FullName,
        _ => exception.GetType().FullName,
    };

    private static SendResult? Ended(MailLedgerEntry? entry) => entry?.State switch
    {
        MailState.Sent => new(SendOutcome.AlreadySent),
        MailState.Failed or MailState.Suppressed => new(SendOutcome.Closed),
        _ => null,
    };

    private Task CloseAsync(MailKey key, MailClosure closure, string reason, CancellationToken cancellationToken) => ledger.CloseAsync(
        key, MessageId.For(key, options.MessageIdDomain), clock.GetUtcNow(), closure, MailText.Line(reason, MaxReason), cancellationToken);

    /// <summary>A store that is away for a moment must not lead to a second mail: insists for as long as the right to send is ours.</summary>
    private async Task MarkSentAsync(MailKey key, DateTimeOffset until)
    {
        while (true)
        {
            try
            {
                await ledger.MarkSentAsync(key, clock.GetUtcNow(), CancellationToken.None);
                return;
            }
            catch (StoreUnavailableException exception) when (clock.GetUtcNow() + LedgerRetryDelay < until)
            {
                logger.LogWarning(exception, "The mail {Key} went out, but the ledger cannot be written; trying again.", key);
                await Task.Delay(LedgerRetryDelay, clock, CancellationToken.None);
            }
        }
    }

    private async Task MarkFailedAsync(MailKey key, Exception exception)
    {
        try
        {
            if (exception is MailTransportException { IsPermanent: true }) await CloseAsync(key, MailClosure.Failed, exception.Message, CancellationToken.None);
            else await ledger.MarkFailedAsync(key, MailText.Line(exception.Message, MaxReason), CancellationToken.None);
        }
        catch (StoreUnavailableException unavailable)
        {
            // The right to send lapses by itself, and why the mail failed is the more telling error.
            logger.LogWarning(unavailable, "The mail {Key} failed, and the ledger cannot be told.", key);
        }
    }
}
