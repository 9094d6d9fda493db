using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Tickets.Events;

/// <summary>GET /api/events.</summary>
public sealed class GetEvents(EventStreams streams)
{
    /// <summary>200 with a stream of the changes of every ticket that the caller may see; 429 with too many streams open.</summary>
    [Function(nameof(GetEvents))]
    [Access(Access.User)]
    public IResult Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/events")] HttpRequest request) =>
        streams.Open(request, ticketId: null);
}
