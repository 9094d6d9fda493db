using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets.Csv;

namespace TicketAssistant.Functions.Tickets;

/// <summary>GET /api/tickets.</summary>
public sealed class ListTickets(ITicketStore tickets)
{
    /// <summary>
    /// 200 with a page, or, for <c>Accept: text/csv</c>, with all tickets that match, as a file; 400 for a bad filter, limit or cursor.
    /// </summary>
    [Function(nameof(ListTickets))]
    [Access(Access.User)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tickets")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var user = request.CurrentUser();
        var query = TicketFilter.Read(request, user);
        if (TicketCsv.IsWanted(request)) return new TicketCsvResult(tickets, query);

        var page = await Paging.ReadAsync(() => tickets.ListAsync(query, cancellationToken));
        return JsonResults.Ok(new TicketListReply([.. page.Items.Select(ticket => TicketView.Of(ticket, user))], page.Next));
    }
}
