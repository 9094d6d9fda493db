namespace TicketAssistant.Functions.Storage;

/// <summary>Which of a ticket's stored timeline entries to list, oldest first.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="After">Only entries with a higher number.</param>
/// <param name="Limit">At most so many, 1 or more.</param>
/// <param name="PublicOnly">Leaves out the internal ones.</param>
public sealed record TimelineQuery(Guid TicketId, int After, int Limit, bool PublicOnly);
