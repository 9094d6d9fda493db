namespace TicketAssistant.Functions.Tickets.Escalation;

/// <summary>When an assignee has to show that they are at it, and what shows it.</summary>
internal static class AcknowledgementRules
{
    /// <summary>What is awaited of the assignee after a change; null where nothing is.</summary>
    /// <param name="before">The ticket as it was read.</param>
    /// <param name="after">As the change makes it.</param>
    /// <param name="actorId">The person who makes it; null for the app.</param>
    /// <param name="at">When.</param>
    /// <param name="limits">How long they have.</param>
    public static TicketAcknowledgement? After(Ticket before, Ticket after, Guid? actorId, DateTimeOffset at, AcknowledgementLimits limits)
    {
        if (after.AssignedTo is not { } assignee || IsAtRest(after)) return null;
        var isGiven = after.Assignments != before.Assignments;
        // Whoever is given a ticket, or takes one, has not done anything about it yet.
        if (!isGiven && actorId == assignee.Id) return null;
        var isHasteOther = before.Acknowledgement is not null && after.Priority != before.Priority;
        return isGiven || IsAtRest(before) || isHasteOther
            ? limits.Begin(after.Priority, before.Version + 1, at)
            : before.Acknowledgement;
    }

    private static bool IsAtRest(Ticket ticket) => ticket.Status is TicketStatus.Done or TicketStatus.Waiting;
}
