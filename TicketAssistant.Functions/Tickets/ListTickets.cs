using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
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
    [Operation("Tickets: a user's own, for staff all", Paged = true)]
    [Parameter("status", "Only tickets that stand there.", typeof(TicketStatus))]
    [Parameter("priority", "Only tickets of this priority.", typeof(TicketPriority))]
    [Parameter("type", "Only tickets of this kind.", typeof(TicketType))]
    [Parameter("triage", "Only tickets whose triage has come so far.", typeof(TriageState))]
    [Parameter("assignee", "`me`, `none`, `all` or a user's id; moderators who say nothing see their own.", Example = "all")]
    [Parameter("createdBy", "`me` or a user's id.", Example = "me")]
    [Parameter("createdFrom", "Not before this time or day (UTC).", typeof(DateTimeOffset))]
    [Parameter("createdTo", "Not after this time or day (UTC).", typeof(DateTimeOffset), Example = "2026-05-04T12:30:00Z")]
    [Parameter("q", "Only tickets in which every word begins a word of title, description or comments.", Example = "pay safari")]
    [Parameter("sort", "The order; by creation where nothing is said.", typeof(TicketSort))]
    [Reply(200, "A page of them; for `Accept: text/csv` all of them, as a file.", typeof(TicketListReply))]
    [Reply(200, "All of them.", MediaType = "text/csv", Example = "id,title,status,priority,type,createdByName,createdByEmail,assignedToName,assignedToEmail,relatedSkills,summary,triageState,triageSource,createdAt,updatedAt,version,description\r\n")]
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
