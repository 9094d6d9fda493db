namespace TicketAssistant.Functions.Tickets;

/// <summary>A person has confirmed, or corrected, what an analysis proposed. Not for the requester.</summary>
/// <param name="By">Who did.</param>
/// <param name="At">When (UTC).</param>
public sealed record TriageConfirmation(PersonRef By, DateTimeOffset At);
