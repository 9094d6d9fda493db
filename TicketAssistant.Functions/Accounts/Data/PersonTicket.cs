using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Accounts.Data;

/// <summary>A ticket that the person posted.</summary>
/// <param name="Ticket">As its requester sees it.</param>
/// <param name="Timeline">As its requester sees it, without the mails.</param>
public sealed record PersonTicket(TicketView Ticket, IReadOnlyList<TimelineEntryView> Timeline);
