using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Telemetry;

namespace TicketAssistant.Functions.Triage;

/// <summary>Tells whoever a triage gave the ticket to by mail: once per assignment, whatever is repeated.</summary>
public sealed class NotifyAssignee(ITicketStore tickets, MailDispatch dispatch)
{
    /// <summary>Throws when it should be tried again: the server or the store is away, or another sender is at it.</summary>
    /// <exception cref="MailTransportException">The mail did not go out this time.</exception>
    /// <exception cref="MailBusyException">Somebody else holds the right to send it.</exception>
    [Function(nameof(NotifyAssignee))]
    public async Task<NotifyOutcome> RunAsync([ActivityTrigger] TriageKey key, CancellationToken cancellationToken)
    {
        AppTelemetry.Concerns(key.TicketId);
        var ticket = await tickets.FindAsync(key.TicketId, null, cancellationToken);
        return ticket?.AssignedTo is { } assignee
            ? await dispatch.SendAsync(new MailKey(ticket.Id, MailKind.Assigned, assignee.Id, ticket.Assignments), ticket, cancellationToken)
            : NotifyOutcome.Obsolete;
    }
}
