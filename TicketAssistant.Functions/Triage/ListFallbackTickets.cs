using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Triage;

/// <summary>Finds open tickets that were analysed offline because the model could not.</summary>
public sealed class ListFallbackTickets(ITicketStore tickets)
{
    /// <summary>The next portion, by id; empty after the last.</summary>
    [Function(nameof(ListFallbackTickets))]
    public async Task<TriageKey[]> RunAsync([ActivityTrigger] FallbackPortion portion, CancellationToken cancellationToken) =>
        [.. (await tickets.ListFallbacksAsync(portion.After, portion.Limit, cancellationToken))
            .Select(ticket => new TriageKey(ticket.Id, ticket.Triage.Revision))];
}
