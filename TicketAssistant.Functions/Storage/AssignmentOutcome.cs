namespace TicketAssistant.Functions.Storage;

/// <summary>What became of an <see cref="AssignmentRequest"/>.</summary>
public enum AssignmentOutcome
{
    /// <summary>The ticket is assigned, by this call or an earlier one with the same revision.</summary>
    Assigned,

    /// <summary>There are candidates, but all of them are away or full.</summary>
    NobodyFree,

    /// <summary>No candidate is staff any more.</summary>
    NoCandidates,

    /// <summary>There is no such ticket, or it is DONE.</summary>
    NotAssignable,
}
