using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Triage;

/// <summary>Tells the assignee by mail: once per (ticket, recipient, revision), whatever is repeated.</summary>
public sealed class NotifyAssignee(ITicketStore tickets, IUserStore users, MailSender sender, MailOptions mail, MailHealth health, ILogger<NotifyAssignee> logger)
{
    /// <summary>Throws when it should be tried again: the server or the store is away, or another sender is at it.</summary>
    /// <exception cref="MailTransportException">The mail did not go out this time.</exception>
    /// <exception cref="MailBusyException">Somebody else holds the right to send it.</exception>
    [Function(nameof(NotifyAssignee))]
    public async Task<NotifyOutcome> RunAsync([ActivityTrigger] TriageKey key, CancellationToken cancellationToken)
    {
        var ticket = await tickets.FindAsync(key.TicketId, null, cancellationToken);
        if (ticket?.AssignedTo is not { } assignee) return NotifyOutcome.Obsolete;
        if (await users.FindAsync(assignee.Id, cancellationToken) is not { } recipient) return NotifyOutcome.Obsolete;

        var mailKey = new MailKey(ticket.Id, MailKind.Assigned, recipient.Id, key.Revision);
        try
        {
            var result = await sender.SendAsync(mailKey, entry => AssignedMail.Compose(ticket, recipient, entry.MessageId, entry.OwedAt, mail), cancellationToken);
            health.IsFailing = false;
            if (result.Outcome == SendOutcome.Busy) throw new MailBusyException(mailKey, result.BusyUntil);
            return NotifyOutcome.Sent;
        }
        catch (MailTransportException e) when (e.IsPermanent)
        {
            // Trying again at once changes nothing; the ledger keeps the mail owed and the reason.
            logger.LogError("The mail {Key} cannot be delivered: {Reason}", mailKey, e.Message);
            return NotifyOutcome.Undeliverable;
        }
        catch (MailTransportException)
        {
            health.IsFailing = true;
            throw;
        }
    }
}
