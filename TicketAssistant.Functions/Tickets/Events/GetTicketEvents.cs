using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets.Events;

/// <summary>GET /api/tickets/{id}/events.</summary>
public sealed class GetTicketEvents(ITicketStore tickets, EventStreams streams)
{
    /// <summary>200 with a stream of the ticket's changes, beginning with how it stands; 404 where the caller may not see it; 429 with too many streams open.</summary>
    [Function(nameof(GetTicketEvents))]
    [Access(Access.User)]
    [Operation("Changes of one ticket, as server-sent events")]
    [Parameter("Last-Event-ID", "The id of the last event that was seen: the stream goes on after it.", In = "header", Max = 100, Example = "639132120000000000-3")]
    [Reply(200, "Events `ticket`, the first with how it stands; a heartbeat every 20 seconds, the end after four minutes.", typeof(TicketEvent), MediaType = "text/event-stream", Example = "event: ticket\nid: 639132120000000000-4\ndata: {\"ticketId\":\"0193a5c1-7d2a-7c11-9b5e-3f0a4f6f1a01\",\"version\":3,\"kind\":\"changed\"}\n\n")]
    [Failure(429, "Too many streams", "You have 6 streams of events open already; close one first.")]
    [Failure(503, "Try again soon", "Too many streams of events are open just now.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tickets/{id:guid}/events")] HttpRequest request,
        Guid id,
        CancellationToken cancellationToken)
    {
        await tickets.FindVisibleAsync(id, request.CurrentUser(), cancellationToken);
        return streams.Open(request, id);
    }
}
