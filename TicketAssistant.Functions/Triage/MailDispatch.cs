using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MimeKit;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Telemetry;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Triage;

/// <summary>Loads what a mail is about, composes it by its kind and sends it, once per key, where it may be sent.</summary>
public sealed class MailDispatch
{
    private const int EscalationHistory = 10;

    private readonly ITicketStore _tickets;
    private readonly IUserStore _users;
    private readonly MailSender _sender;
    private readonly MailOptions _options;
    private readonly MailHealth _health;
    private readonly ConfirmationTokens _confirmations;
    private readonly ResetTokens _resets;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>For the container.</summary>
    internal MailDispatch(IServiceProvider services)
    {
        _tickets = services.GetRequiredService<ITicketStore>();
        _users = services.GetRequiredService<IUserStore>();
        _sender = services.GetRequiredService<MailSender>();
        _options = services.GetRequiredService<MailOptions>();
        _health = services.GetRequiredService<MailHealth>();
        _confirmations = services.GetRequiredService<ConfirmationTokens>();
        _resets = services.GetRequiredService<ResetTokens>();
        _time = services.GetRequiredService<TimeProvider>();
        _logger = services.GetRequiredService<ILogger<MailDispatch>>();
    }

    /// <summary>Throws when it should be tried again: the server or the store is away, or another sender is at it.</summary>
    /// <exception cref="MailTransportException">The mail did not go out this time.</exception>
    /// <exception cref="MailBusyException">Somebody else holds the right to send it.</exception>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<NotifyOutcome> SendAsync(MailKey key, CancellationToken cancellationToken) => key.Kind switch
    {
        MailKind.Welcome => await SendWelcomeAsync(key, cancellationToken),
        MailKind.Reset => await SendResetAsync(key, cancellationToken),
        _ => await SendAsync(key, await _tickets.FindAsync(key.TicketId, null, cancellationToken), cancellationToken),
    };

    /// <summary>The same where the ticket, null if it is gone, has just been read.</summary>
    /// <exception cref="MailTransportException">The mail did not go out this time.</exception>
    /// <exception cref="MailBusyException">Somebody else holds the right to send it.</exception>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<NotifyOutcome> SendAsync(MailKey key, Ticket? ticket, CancellationToken cancellationToken)
    {
        AppTelemetry.Concerns(key.TicketId);
        var recipient = await _users.FindAsync(key.RecipientId, cancellationToken);
        if (ticket is null || recipient is null) return await NotAsync(NotifyOutcome.Obsolete, "The ticket or the recipient is gone.");
        if (!MailRules.Concerns(key, ticket, recipient)) return await NotAsync(NotifyOutcome.Obsolete, "The ticket had moved on.");
        if (MailRules.Objection(ticket, recipient) is { } objection) return await NotAsync(NotifyOutcome.Suppressed, objection);

        var history = await HistoryAsync(key, cancellationToken);
        if (key.Kind is MailKind.Replied or MailKind.Commented && !MailRules.MayRead(history, recipient, ticket))
            return await NotAsync(NotifyOutcome.Obsolete, "There is no such comment for the recipient to read.");

        return await SendAsync(
            key,
            key is { Kind: MailKind.Assigned, Revision: 1 } ? ticket.CreatedAt : null,
            entry => TicketMail.Compose(key.Kind, new MailSubject(ticket, recipient, history), entry.MessageId, entry.OwedAt, _options),
            cancellationToken);

        async Task<NotifyOutcome> NotAsync(NotifyOutcome outcome, string reason)
        {
            await _sender.SuppressAsync(key, reason, cancellationToken);
            return outcome;
        }
    }

    /// <summary>What of the timeline the mail shows: the comment that it tells of and what that changed, or the last things that happened.</summary>
    private async Task<IReadOnlyList<TimelineEntry>> HistoryAsync(MailKey key, CancellationToken cancellationToken)
    {
        if (key.Kind is MailKind.Replied or MailKind.Commented)
        {
            var query = new TimelineQuery(key.TicketId, (int)key.Revision - 1, 2, PublicOnly: false);
            var entries = await _tickets.ListTimelineAsync(query, cancellationToken);
            if (entries is not [{ Kind: TimelineKind.Comment } comment, ..] || comment.Seq != key.Revision) return [];
            return [comment, .. entries.Skip(1).Where(entry => entry.Kind == TimelineKind.Changed && entry.At == comment.At && entry.Actor == comment.Actor)];
        }

        if (key.Kind != MailKind.Escalated) return [];
        var after = Math.Max(0, (int)key.Revision - EscalationHistory);
        return await _tickets.ListTimelineAsync(new TimelineQuery(key.TicketId, after, EscalationHistory, PublicOnly: false), cancellationToken);
    }

    private async Task<NotifyOutcome> SendWelcomeAsync(MailKey key, CancellationToken cancellationToken)
    {
        if (await _users.FindAsync(key.RecipientId, cancellationToken) is not { Active: true, EmailConfirmed: false } recipient)
        {
            await _sender.SuppressAsync(key, "There is nothing to confirm any more.", cancellationToken);
            return NotifyOutcome.Obsolete;
        }

        return await SendAsync(
            key,
            acceptedAt: null,
            entry => AccountMail.Welcome(recipient, _confirmations.Issue(recipient, key.Revision, entry.OwedAt), entry.MessageId, entry.OwedAt, _options),
            cancellationToken);
    }

    private async Task<NotifyOutcome> SendResetAsync(MailKey key, CancellationToken cancellationToken)
    {
        // Somebody asked for an address without an account: there is nobody to write to, and nothing to keep.
        if (await _users.FindAsync(key.RecipientId, cancellationToken) is not { } recipient) return NotifyOutcome.Obsolete;
        if (recipient is not { Active: true, EmailConfirmed: true })
        {
            await _sender.SuppressAsync(key, "The recipient's account is closed, or the address is not confirmed.", cancellationToken);
            return NotifyOutcome.Suppressed;
        }

        return await SendAsync(
            key,
            acceptedAt: null,
            entry => _resets.IsTooLate(entry.OwedAt)
                ? throw new MailTransportException("The mail could not be sent before its link ran out.", isPermanent: true)
                : AccountMail.Reset(recipient, _resets.Issue(recipient, key.Revision, entry.OwedAt), entry.MessageId, entry.OwedAt, _options),
            cancellationToken);
    }

    /// <param name="key">Which mail.</param>
    /// <param name="acceptedAt">With the mail to a ticket's first assignee: when the ticket was accepted.</param>
    /// <param name="compose">Makes the message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task<NotifyOutcome> SendAsync(
        MailKey key, DateTimeOffset? acceptedAt, Func<MailLedgerEntry, MimeMessage> compose, CancellationToken cancellationToken)
    {
        try
        {
            var result = await _sender.SendAsync(key, compose, cancellationToken);
            if (result.Outcome == SendOutcome.Busy) throw new MailBusyException(key, result.BusyUntil);
            if (result.Outcome == SendOutcome.Sent)
            {
                _health.IsFailing = false;
                if (acceptedAt is { } accepted) AppTelemetry.Notified(_time.GetUtcNow() - accepted);
            }

            return result.Outcome == SendOutcome.Closed ? NotifyOutcome.Undeliverable : NotifyOutcome.Sent;
        }
        catch (MailTransportException e) when (e.IsPermanent)
        {
            // Trying again changes nothing, until an admin says so; the ledger keeps the reason.
            _logger.LogError("The mail {Key} cannot be delivered: {Reason}", key, e.Message);
            return NotifyOutcome.Undeliverable;
        }
        catch (MailTransportException)
        {
            _health.IsFailing = true;
            throw;
        }
    }
}
