using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Notifications;

/// <summary>What a mail about a ticket is made from.</summary>
/// <param name="Ticket">As it is now.</param>
/// <param name="Recipient">Who gets it.</param>
/// <param name="History">The comment that the mail tells of and what it changed, or the last things that happened, oldest first; empty where the kind shows neither.</param>
internal sealed record MailSubject(Ticket Ticket, User Recipient, IReadOnlyList<TimelineEntry> History);
