namespace TicketAssistant.Functions.Tickets;

/// <summary>A reply with a page of tickets.</summary>
/// <param name="Tickets">In the order asked for, as the caller may see them.</param>
/// <param name="Next">The cursor of the next page; null on the last one.</param>
public sealed record TicketListReply(IReadOnlyList<TicketView> Tickets, string? Next);
