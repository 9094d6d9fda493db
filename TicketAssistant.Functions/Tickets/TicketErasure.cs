using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Tickets;

/// <summary>A ticket and its timeline without what is of one person: their name and address everywhere, and all text of a ticket that is theirs.</summary>
/// <param name="userId">Who is forgotten.</param>
internal sealed class TicketErasure(Guid userId)
{
    /// <summary>What stands in the place of what was erased.</summary>
    public const string Erased = "[erased]";

    /// <summary>What is left of the ticket; the same one where nothing of theirs is in it.</summary>
    public Ticket Of(Ticket ticket)
    {
        var left = ticket with
        {
            CreatedBy = Of(ticket.CreatedBy),
            AssignedTo = ticket.AssignedTo is { } assignee ? Of(assignee) : null,
            Feedback = ticket.Feedback is { } feedback && feedback.By.Id == userId ? feedback with { By = Of(feedback.By), Reason = null } : ticket.Feedback,
        };
        return ticket.CreatedBy.Id != userId ? left : left with
        {
            Title = Erased,
            Description = Erased,
            Summary = null,
            HelpfulNotes = null,
            Assignment = left.Assignment is { } assignment ? assignment with { Reason = Erased } : null,
            Triage = left.Triage with { Reason = null },
            Feedback = left.Feedback is { } judged ? judged with { Reason = null } : null,
        };
    }

    /// <summary>What is left of an entry of this ticket.</summary>
    public TimelineEntry Of(TimelineEntry entry, Ticket ticket)
    {
        var isAllTheirs = ticket.CreatedBy.Id == userId;
        var isTheirs = entry.Actor.Id == userId;
        return entry with
        {
            Actor = isTheirs ? entry.Actor with { Name = Erased } : entry.Actor,
            From = entry.FromId == userId ? Erased : entry.From,
            To = entry.ToId == userId ? Erased : entry.To,
            Reason = (isAllTheirs || isTheirs) && entry.Reason is not null ? Erased : entry.Reason,
            Body = (isAllTheirs || isTheirs) && entry.Body is not null ? Erased : entry.Body,
        };
    }

    private PersonRef Of(PersonRef person) => person.Id == userId ? new PersonRef(userId, EmailOf(userId), Erased) : person;

    /// <summary>An address that is nobody's and can't be mailed to (RFC 2606), in the place of an erased one.</summary>
    public static string EmailOf(Guid userId) => $"erased-{userId:N}@erased.invalid";
}
