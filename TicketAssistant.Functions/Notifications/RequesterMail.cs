using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Notifications;

/// <summary>What mails to the requester of a ticket say: nothing that only staff may see.</summary>
internal static class RequesterMail
{
    /// <summary>Your ticket is here.</summary>
    public static MailContent Received(Ticket ticket, MailOptions options) => Content(
        "We have your ticket",
        ticket,
        [
            ("What happens now", "It is being read and given to somebody who can help. You get a mail when there is an answer; under the link you can follow it and add to it."),
            ("Your text", ticket.Description),
        ],
        options);

    /// <summary>Somebody has answered.</summary>
    public static MailContent Replied(MailSubject about, MailOptions options) => Content(
        "There is an answer to your ticket",
        about.Ticket,
        // Whoever makes the subject leaves internal comments out; this is the last line of defence.
        [.. TicketMail.Comments(about.History.Where(entry => !entry.Internal))],
        options);

    /// <summary>It is done.</summary>
    public static MailContent Resolved(Ticket ticket, MailOptions options) => Content(
        "Your ticket is done",
        ticket,
        [("If it is not", "Open the ticket and reopen it: it then goes on where it stopped.")],
        options);

    private static MailContent Content(string what, Ticket ticket, IReadOnlyList<(string, string)> sections, MailOptions options) => new()
    {
        Event = what,
        Title = ticket.Title,
        Facts = ticket.AssignedTo is { } assignee ? [("Status", TicketMail.NameOf(ticket.Status)), ("With", assignee.Name)] : [("Status", TicketMail.NameOf(ticket.Status))],
        Sections = sections,
        ActionLabel = "Open the ticket",
        ActionLink = TicketMail.LinkTo(ticket, options),
        Footer = "You get this mail because you opened the ticket. Answer in the ticket; replies to this address are not read.",
    };
}
