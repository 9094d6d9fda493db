using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Tickets.Work;

/// <summary>Who may change what: the assignee and admins anything, a moderator takes what nobody has, the requester closes and reopens.</summary>
internal static class TicketRights
{
    /// <exception cref="ProblemException">403 with what this person could do.</exception>
    public static void Check(Ticket ticket, User actor, UpdateTicketRequest request, Guid? assigneeId)
    {
        if (actor.Role == Role.Admin || (actor.IsStaff() && ticket.AssignedTo?.Id == actor.Id)) return;

        var hasFields = request.Priority is not null || request.Type is not null || request.RelatedSkills is not null;
        var isRequester = ticket.CreatedBy.Id == actor.Id;
        var closesOrReopens = !hasFields && !request.AssignedTo.IsSet
            && request.Status is { } status && (status == ticket.Status || StatusMachine.AllowsRequester(ticket.Status, status));
        if (isRequester && closesOrReopens) return;

        var takes = !hasFields && request.Status is null && request.AssignedTo.IsSet && assigneeId == actor.Id;
        if (actor.IsStaff() && takes && ticket.AssignedTo is null) return;

        var mayDo = actor.IsStaff()
            ? ticket.AssignedTo is null ? "You can only take it first (assignedTo: \"me\")." : "Only its assignee and admins can change it."
            : "You can set it DONE, and reopen it (status TODO) when it is.";
        throw new ProblemException(403, "Not allowed", $"This ticket is not yours to change like that. {mayDo}");
    }
}
