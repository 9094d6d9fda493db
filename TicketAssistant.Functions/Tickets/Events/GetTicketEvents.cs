using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets.Events;

/// <summary>GET /api/tickets/{id}/events.</summary>
public sealed class GetTicketEvents(ITicketStore tickets, EventStreams streams)
{
    /// <summary>200 with a stream of the ticket's changes, beginning with how it stands; 404 where the caller may not see it; 429 with too many streams open.</summary>
    [Function(nameof(GetTicketEvents))]
    [Access(Access.User)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tickets/{id:guid}/events")] HttpRequest request,
        Guid id,
        CancellationToken cancellationToken)
    {
        await tickets.FindVisibleAsync(id, request.CurrentUser(), cancellationToken);
        return streams.Open(request, id);
    }
}
