using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets.Timeline;

/// <summary>GET /api/tickets/{id}/timeline.</summary>
public sealed class GetTimeline(ITicketStore tickets, TimelineReader timeline)
{
    /// <summary>200 with a page, oldest first; 400 for a bad limit or cursor; 404 where the caller may not see the ticket.</summary>
    [Function(nameof(GetTimeline))]
    [Access(Access.User)]
    [Operation("Everything that happened to a ticket, oldest first", Paged = true)]
    [Reply(200, "A page of it.", typeof(TimelineReply))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tickets/{id:guid}/timeline")] HttpRequest request,
        Guid id,
        CancellationToken cancellationToken)
    {
        var user = request.CurrentUser();
        var limit = request.QueryLimit();
        var cursor = request.QueryText("cursor");
        var ticket = await tickets.FindVisibleAsync(id, user, cancellationToken);
        var page = await Paging.ReadAsync(() => timeline.ReadAsync(ticket, user.IsStaff(), limit, cursor, cancellationToken));
        return JsonResults.Ok(new TimelineReply([.. page.Items.Select(entry => TimelineEntryView.Of(entry, user.IsStaff()))], page.Next));
    }
}
