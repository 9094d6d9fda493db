using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets;

/// <summary>GET /api/tickets.</summary>
public sealed class ListTickets(ITicketStore tickets)
{
    /// <summary>200 with a page, newest first; 400 for a bad filter, limit or cursor.</summary>
    [Function(nameof(ListTickets))]
    [Access(Access.User)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tickets")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var user = request.CurrentUser();
        var query = WithAssignee(
            new TicketQuery
            {
                RequesterId = user.OwnOnly(),
                Status = request.QueryEnum<TicketStatus>("status"),
                Priority = request.QueryEnum<TicketPriority>("priority"),
                Type = request.QueryEnum<TicketType>("type"),
                Triage = request.QueryEnum<TriageState>("triage"),
                Text = request.QueryText("q"),
                Limit = request.QueryLimit(),
                Cursor = request.QueryText("cursor"),
            },
            request.QueryText("assignee"), user);
        var page = await Paging.ReadAsync(() => tickets.ListAsync(query, cancellationToken));
        return JsonResults.Ok(new TicketListReply([.. page.Items.Select(ticket => TicketView.Of(ticket, user))], page.Next));
    }

    /// <summary>me, none, all or an id. A moderator who says nothing, and asks for no state of the triage, sees their own queue.</summary>
    private static TicketQuery WithAssignee(TicketQuery query, string? assignee, User user) => assignee switch
    {
        null => user.Role == Role.Moderator && query.Triage is null ? query with { AssigneeId = user.Id } : query,
        "all" => query,
        "me" => query with { AssigneeId = user.Id },
        "none" => query with { Unassigned = true },
        _ when Guid.TryParseExact(assignee, "D", out var id) => query with { AssigneeId = id },
        _ => throw ProblemException.Invalid("assignee", "must be me, none, all or a user's id"),
    };
}
