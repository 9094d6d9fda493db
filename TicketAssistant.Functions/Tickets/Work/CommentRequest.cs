namespace TicketAssistant.Functions.Tickets.Work;

/// <summary>Body of POST /api/tickets/{id}/comments.</summary>
/// <param name="Body">1 to 10,000 characters.</param>
/// <param name="Internal">True for what only staff may see.</param>
public sealed record CommentRequest(string Body, bool Internal = false);
