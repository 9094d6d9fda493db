using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Telemetry;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage;

/// <summary>Tells whoever a triage gave the ticket to by mail: once per assignment, whatever is repeated.</summary>
public sealed class NotifyAssignee(ITicketStore tickets, IMailLedger ledger, MailDispatch dispatch)
{
    /// <summary>Throws when it should be tried again: the server or the store is away, or another sender is at it.</summary>
    /// <exception cref="MailTransportException">The mail did not go out this time.</exception>
    /// <exception cref="MailBusyException">Somebody else holds the right to send it.</exception>
    [Function(nameof(NotifyAssignee))]
    public async Task<NotifyOutcome> RunAsync([ActivityTrigger] TriageKey key, CancellationToken cancellationToken)
    {
        AppTelemetry.Concerns(key.TicketId);
        var ticket = await tickets.FindAsync(key.TicketId, null, cancellationToken);
        if (ticket is null) return NotifyOutcome.Obsolete;
        await SettleEarlierAsync(ticket, cancellationToken);
        return ticket.AssignedTo is { } assignee
            ? await dispatch.SendAsync(new MailKey(ticket.Id, MailKind.Assigned, assignee.Id, ticket.Assignments), ticket, cancellationToken)
            : NotifyOutcome.Obsolete;
    }

    /// <summary>
    /// An attempt before this one may have been for an assignment that has ended since. Its mail would stay owed, with nobody
    /// who sends it; the dispatch sees that it concerns nobody any more, and closes it.
    /// </summary>
    private async Task SettleEarlierAsync(Ticket ticket, CancellationToken cancellationToken)
    {
        // Those after it are of assignments that were made since it was read.
        var lastOver = ticket.AssignedTo is null ? ticket.Assignments : ticket.Assignments - 1;
        if (lastOver == 0) return;
        foreach (var mail in await ledger.ListOfTicketAsync(ticket.Id, cancellationToken))
        {
            if (mail is { State: MailState.Owed, Key.Kind: MailKind.Assigned } && mail.Key.Revision <= lastOver) await dispatch.SendAsync(mail.Key, ticket, cancellationToken);
        }
    }
}
