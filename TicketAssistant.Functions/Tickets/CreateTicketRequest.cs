namespace TicketAssistant.Functions.Tickets;

/// <summary>Body of POST /api/tickets.</summary>
/// <param name="Title">One line, 1 to 200 characters.</param>
/// <param name="Description">1 to 20,000 characters.</param>
public sealed record CreateTicketRequest(string Title, string Description);
