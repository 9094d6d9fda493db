namespace TicketAssistant.Functions.Tickets;

/// <summary>What staff thinks of a ticket's analysis. Not for the requester.</summary>
/// <param name="Helpful">Whether it helped.</param>
/// <param name="Reason">Why, 1 to 1,000 characters; null where nothing was said.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When (UTC).</param>
public sealed record TicketFeedback(bool Helpful, string? Reason, PersonRef By, DateTimeOffset At);
