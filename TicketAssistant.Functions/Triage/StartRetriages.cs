using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage;

/// <summary>Starts the next triage of tickets that fell back.</summary>
public sealed class StartRetriages(ITicketStore tickets, Retriage retriage)
{
    /// <summary>
    /// The triages that are on their way, whether this started them or, before it was interrupted, it already had. Left out:
    /// what is gone, DONE, or has been triaged otherwise since.
    /// </summary>
    [Function(nameof(StartRetriages))]
    public async Task<TriageKey[]> RunAsync(
        [ActivityTrigger] RetriageRequest request, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        List<TriageKey> started = [];
        foreach (var key in request.Fallbacks)
        {
            if (await tickets.FindAsync(key.TicketId, null, cancellationToken) is not { Status: not TicketStatus.Done } ticket) continue;
            var next = key with { Revision = key.Revision + 1 };
            if (ticket.Triage.Revision == next.Revision) started.Add(next);
            else if (ticket.Triage.Revision == key.Revision)
            {
                // Null where an earlier attempt had scheduled it and got no further.
                await retriage.StartAsync(ticket, request.Options, durable, cancellationToken);
                started.Add(next);
            }
        }

        return [.. started];
    }
}
