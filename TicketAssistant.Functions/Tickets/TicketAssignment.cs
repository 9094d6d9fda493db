namespace TicketAssistant.Functions.Tickets;

/// <summary>Why the ticket went to whom it went. Not for the requester.</summary>
/// <param name="Reason">One sentence that a human can check.</param>
/// <param name="MatchedSkills">The assignee's skills that the ticket asked for; empty when it went to an admin.</param>
/// <param name="Candidates">How many people had at least one of the required skills.</param>
public sealed record TicketAssignment(string Reason, IReadOnlyList<string> MatchedSkills, int Candidates);
