using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage;

/// <summary>Loads what a mail is about, composes it by its kind and sends it, once per key.</summary>
public sealed class MailDispatch(
    ITicketStore tickets, IUserStore users, MailSender sender, MailOptions options, MailHealth health, ILogger<MailDispatch> logger)
{
    /// <summary>Throws when it should be tried again: the server or the store is away, or another sender is at it.</summary>
    /// <exception cref="MailTransportException">The mail did not go out this time.</exception>
    /// <exception cref="MailBusyException">Somebody else holds the right to send it.</exception>
    /// <exception cref="StoreUnavailableException">The store is away.</exception>
    public async Task<NotifyOutcome> SendAsync(MailKey key, CancellationToken cancellationToken)
    {
        if (await tickets.FindAsync(key.TicketId, null, cancellationToken) is not { } ticket) return NotifyOutcome.Obsolete;
        if (await users.FindAsync(key.RecipientId, cancellationToken) is not { } recipient) return NotifyOutcome.Obsolete;
        if (!Concerns(key.Kind, ticket, recipient)) return NotifyOutcome.Obsolete;

        try
        {
            var result = await sender.SendAsync(
                key, entry => TicketMail.Compose(key.Kind, ticket, recipient, entry.MessageId, entry.OwedAt, options), cancellationToken);
            health.IsFailing = false;
            if (result.Outcome == SendOutcome.Busy) throw new MailBusyException(key, result.BusyUntil);
            return NotifyOutcome.Sent;
        }
        catch (MailTransportException e) when (e.IsPermanent)
        {
            // Trying again at once changes nothing; the ledger keeps the mail owed and the reason.
            logger.LogError("The mail {Key} cannot be delivered: {Reason}", key, e.Message);
            return NotifyOutcome.Undeliverable;
        }
        catch (MailTransportException)
        {
            health.IsFailing = true;
            throw;
        }
    }

    /// <summary>Whether the recipient still is who this kind is for: a ticket may have moved on while the mail was on its way.</summary>
    private static bool Concerns(MailKind kind, Ticket ticket, User recipient) => kind switch
    {
        MailKind.Assigned or MailKind.Reminded or MailKind.Commented => ticket.AssignedTo?.Id == recipient.Id,
        MailKind.Received or MailKind.Replied => ticket.CreatedBy.Id == recipient.Id,
        MailKind.Resolved => ticket.CreatedBy.Id == recipient.Id && ticket.Status == TicketStatus.Done,
        MailKind.Escalated => recipient.Role == Role.Admin,
        _ => false,
    };
}
