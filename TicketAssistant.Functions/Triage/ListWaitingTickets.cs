using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Telemetry;

namespace TicketAssistant.Functions.Triage;

/// <summary>Finds the tickets that wait for an assignee.</summary>
public sealed class ListWaitingTickets(ITicketStore tickets)
{
    private const int AtOnce = 100;

    /// <summary>At most 100, most urgent first, then oldest.</summary>
    /// <param name="nothing">Activities take one input; this one needs none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    [Function(nameof(ListWaitingTickets))]
    public async Task<TriageKey[]> RunAsync([ActivityTrigger] string? nothing, CancellationToken cancellationToken)
    {
        var waiting = await tickets.ListWaitingAsync(AtOnce, cancellationToken);
        AppTelemetry.Waits(waiting.Count);
        return [.. waiting.Select(ticket => new TriageKey(ticket.Id, ticket.Triage.Revision))];
    }
}
