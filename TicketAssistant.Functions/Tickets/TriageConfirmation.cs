namespace TicketAssistant.Functions.Tickets;

/// <summary>A person has confirmed, or corrected, what an analysis proposed. Not for the requester.</summary>
/// <param name="By">Who did.</param>
/// <param name="At">When (UTC).</param>
/// <param name="AssignTo">Whom they chose for it; null where that was left to the app.</param>
public sealed record TriageConfirmation(PersonRef By, DateTimeOffset At, Guid? AssignTo = null);
