namespace TicketAssistant.Functions.Tickets;

/// <summary>Reply of GET /api/tickets/{id}/similar.</summary>
/// <param name="Tickets">Up to three, most alike first.</param>
public sealed record SimilarTicketsReply(IReadOnlyList<SimilarTicketView> Tickets);
