using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets;

/// <summary>GET /api/tickets/{id}/similar.</summary>
public sealed class GetSimilarTickets(ITicketStore tickets)
{
    /// <summary>200 with up to three earlier tickets that look like this one; 403 for users; 404 where there is no such ticket.</summary>
    [Function(nameof(GetSimilarTickets))]
    [Access(Access.Moderator)]
    [Operation("Earlier tickets that look like this one")]
    [Reply(200, "Up to three.", typeof(SimilarTicketsReply))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tickets/{id:guid}/similar")] HttpRequest request,
        Guid id,
        CancellationToken cancellationToken)
    {
        var ticket = await tickets.FindVisibleAsync(id, request.CurrentUser(), cancellationToken);
        var similar = await SimilarTickets.ListAsync(tickets, ticket, cancellationToken);
        return JsonResults.Ok(new SimilarTicketsReply(
            [.. similar.Select(other => new SimilarTicketView(other.Id, other.Title, other.Status, SimilarTickets.SolvedBy(other), other.CreatedAt))]));
    }
}
