using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Notifications;

/// <summary>What mails to an admin about a ticket say.</summary>
internal static class AdminMail
{
    /// <summary>Nobody has acted on it.</summary>
    /// <param name="ticket">As it is now.</param>
    /// <param name="at">When the mail was owed.</param>
    /// <param name="options">Addresses.</param>
    public static MailContent Escalated(Ticket ticket, DateTimeOffset at, MailOptions options)
    {
        var holder = ticket.AssignedTo is { } assignee ? $"{assignee.Name} has it" : "Nobody has it";
        var sections = new List<(string, string)>
        {
            ("Why it comes to you", $"{holder}, nothing has happened for {MailText.Duration(at - ticket.UpdatedAt)}, and it was posted {MailText.Duration(at - ticket.CreatedAt)} ago. "
                + "Please act on it or give it to somebody who can."),
            TicketMail.WhatItSays(ticket),
        };
        if (ticket.Assignment is { } assignment) sections.Add(("Last assignment", assignment.Reason));
        return new()
        {
            Event = "Escalated to you",
            Title = ticket.Title,
            Facts = TicketMail.FactsForStaff(ticket),
            Sections = sections,
            ActionLabel = "Open the ticket",
            ActionLink = TicketMail.LinkTo(ticket, options),
            Footer = "You get this mail because you are an admin and nobody acted on this ticket in time. Answer in the ticket; replies to this address are not read.",
        };
    }
}
