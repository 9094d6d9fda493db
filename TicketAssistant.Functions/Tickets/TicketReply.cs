namespace TicketAssistant.Functions.Tickets;

/// <summary>A reply with one ticket.</summary>
/// <param name="Ticket">As the caller may see it.</param>
public sealed record TicketReply(TicketView Ticket);
