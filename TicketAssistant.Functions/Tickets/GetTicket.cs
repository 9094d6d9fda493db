using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets;

/// <summary>GET /api/tickets/{id}.</summary>
public sealed class GetTicket(ITicketStore tickets)
{
    /// <summary>200 with the ticket; 404 where the caller may not see it, as if it did not exist.</summary>
    [Function(nameof(GetTicket))]
    [Access(Access.User)]
    [Operation("One ticket")]
    [Reply(200, "The ticket as the caller may see it.", typeof(TicketReply))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tickets/{id:guid}")] HttpRequest request,
        Guid id,
        CancellationToken cancellationToken)
    {
        var user = request.CurrentUser();
        var ticket = await tickets.FindVisibleAsync(id, user, cancellationToken);
        var view = TicketView.Of(ticket, user);
        if (user.Role >= Role.Moderator) view = view with { HelpfulNotes = await SimilarTickets.AddToNotesAsync(tickets, ticket, cancellationToken) };
        return JsonResults.Ok(new TicketReply(view));
    }
}
