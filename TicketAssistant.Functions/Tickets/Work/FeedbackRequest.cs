namespace TicketAssistant.Functions.Tickets.Work;

/// <summary>Body of POST /api/tickets/{id}/feedback.</summary>
/// <param name="Helpful">Whether the analysis helped.</param>
/// <param name="Reason">Why, 1 to 1,000 characters.</param>
public sealed record FeedbackRequest(bool Helpful, string? Reason = null);
