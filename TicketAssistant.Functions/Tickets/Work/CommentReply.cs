using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Tickets.Work;

/// <summary>A reply with a comment that was just made.</summary>
/// <param name="Entry">It as the timeline shows it.</param>
/// <param name="Ticket">What the comment made of the ticket.</param>
public sealed record CommentReply(TimelineEntryView Entry, TicketView Ticket);
