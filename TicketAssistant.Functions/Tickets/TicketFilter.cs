using Microsoft.AspNetCore.Http;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets;

/// <summary>What a request for a list of tickets asks for, within what the caller may see.</summary>
internal static class TicketFilter
{
    /// <exception cref="ProblemException">400: a parameter is wrong.</exception>
    public static TicketQuery Read(HttpRequest request, User user) => WithAssignee(
        new TicketQuery
        {
            RequesterId = RequesterOf(request, user),
            Staff = user.Role >= Role.Moderator,
            Status = request.QueryEnum<TicketStatus>("status"),
            Priority = request.QueryEnum<TicketPriority>("priority"),
            Type = request.QueryEnum<TicketType>("type"),
            Triage = request.QueryEnum<TriageState>("triage"),
            CreatedFrom = request.QueryTime("createdFrom", lastOfDay: false),
            CreatedTo = request.QueryTime("createdTo", lastOfDay: true),
            Text = request.QueryText("q"),
            Sort = request.QueryEnum<TicketSort>("sort") ?? TicketSort.Created,
            Limit = request.QueryLimit(),
            Cursor = request.QueryText("cursor"),
        },
        request.QueryText("assignee"), user);

    // A user's own are all that there are for them, so nothing else can be asked for.
    private static Guid? RequesterOf(HttpRequest request, User user)
    {
        var own = user.OwnOnly();
        return request.QueryText("createdBy") switch
        {
            null => own,
            "me" => user.Id,
            var text when Guid.TryParseExact(text, "D", out var id) && (own is null || own == id) => id,
            _ when own is null => throw ProblemException.Invalid("createdBy", "must be me or a user's id"),
            _ => throw ProblemException.Invalid("createdBy", "must be me: you see your own tickets only"),
        };
    }

    /// <summary>me, none, all or an id. A moderator who does not say sees their own queue.</summary>
    private static TicketQuery WithAssignee(TicketQuery query, string? assignee, User user) => assignee switch
    {
        null => user.Role == Role.Moderator ? query with { AssigneeId = user.Id } : query,
        "all" => query,
        "me" => query with { AssigneeId = user.Id },
        "none" => query with { Unassigned = true },
        _ when Guid.TryParseExact(assignee, "D", out var id) => query with { AssigneeId = id },
        _ => throw ProblemException.Invalid("assignee", "must be me, none, all or a user's id"),
    };
}
