using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Telemetry;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage;

/// <summary>
/// Puts the accepted ticket into the store if it is not there: the request that accepted it may have ended, or found the
/// store down, between the two.
/// </summary>
public sealed class EnsureTicketStored(ITicketStore tickets)
{
    /// <summary>Idempotent: a ticket that is there stays as it is.</summary>
    [Function(nameof(EnsureTicketStored))]
    public Task RunAsync([ActivityTrigger] Ticket ticket, CancellationToken cancellationToken)
    {
        AppTelemetry.Concerns(ticket.Id);
        return tickets.InsertIfAbsentAsync(ticket, cancellationToken);
    }
}
