namespace TicketAssistant.Functions.Tickets.Work;

/// <summary>
/// Which status may follow which. Open ones follow each other freely; what is DONE is reopened, or taken up again at once.
/// </summary>
internal static class StatusMachine
{
    /// <summary>Whether a ticket may go from one status to another.</summary>
    public static bool Allows(TicketStatus from, TicketStatus to) =>
        from != TicketStatus.Done || to is TicketStatus.Todo or TicketStatus.InProgress;

    /// <summary>What the requester may do: close an open ticket, reopen a closed one.</summary>
    public static bool AllowsRequester(TicketStatus from, TicketStatus to) =>
        from == TicketStatus.Done ? to == TicketStatus.Todo : to == TicketStatus.Done;

    /// <summary>Whether somebody must have the ticket: nobody is at work on what nobody has.</summary>
    public static bool NeedsAssignee(TicketStatus status) => status is TicketStatus.InProgress or TicketStatus.Waiting;
}
