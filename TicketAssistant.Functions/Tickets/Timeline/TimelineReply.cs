namespace TicketAssistant.Functions.Tickets.Timeline;

/// <summary>A reply with a page of a ticket's timeline.</summary>
/// <param name="Entries">Oldest first, as the caller may see them.</param>
/// <param name="Next">The cursor of the next page; null on the last one.</param>
public sealed record TimelineReply(IReadOnlyList<TimelineEntryView> Entries, string? Next);
