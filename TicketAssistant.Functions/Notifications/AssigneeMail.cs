using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Notifications;

/// <summary>What mails to the assignee of a ticket say.</summary>
internal static class AssigneeMail
{
    private const string Footer = "You get this mail because the ticket is assigned to you. Answer in the ticket; replies to this address are not read.";

    /// <summary>This ticket is yours: everything needed to begin.</summary>
    public static MailContent Assigned(Ticket ticket, MailOptions options)
    {
        var sections = new List<(string, string)> { TicketMail.WhatItSays(ticket) };
        if (ticket.Assignment is { } assignment) sections.Add(("Why it came to you", assignment.Reason));
        if (!string.IsNullOrWhiteSpace(ticket.HelpfulNotes)) sections.Add(("Suggestions, made automatically: check before you act", ticket.HelpfulNotes));
        return Content("Assigned to you", ticket, sections, options);
    }

    /// <summary>It has waited too long.</summary>
    /// <param name="ticket">As it is now.</param>
    /// <param name="at">When the mail was owed.</param>
    /// <param name="options">Addresses.</param>
    public static MailContent Reminded(Ticket ticket, DateTimeOffset at, MailOptions options) => Content(
        "Still waiting for you",
        ticket,
        [
            ("What is expected", $"It has been yours for {MailText.Duration(at - (ticket.Acknowledgement?.Since ?? ticket.UpdatedAt))}, and you have not acted on it. "
                + "Please answer, set a new status or give it to somebody else; otherwise it goes to the next person."),
            TicketMail.WhatItSays(ticket),
        ],
        options);

    /// <summary>It has waited too long, and somebody else has it now.</summary>
    public static MailContent Withdrawn(Ticket ticket, MailOptions options) => Content(
        "No longer yours",
        ticket,
        [
            ("What happened", $"You had not acted on this ticket, so {(ticket.AssignedTo is { } assignee ? $"{assignee.Name} has it now" : "it was given on")}. There is nothing left to do for you."),
            TicketMail.WhatItSays(ticket),
        ],
        options) with
    { Footer = "You get this mail because the ticket was assigned to you. Replies to this address are not read." };

    /// <summary>Somebody else has commented. Where a requester's answer opened the ticket again, this is the only mail that says so.</summary>
    public static MailContent Commented(MailSubject about, MailOptions options)
    {
        var isOpenAgain = about.Ticket.Status != TicketStatus.Done && about.History.Any(entry => entry is { Field: "status", From: "DONE" });
        return Content(
            isOpenAgain ? "Answered, and open again" : "New comment on your ticket",
            about.Ticket,
            [.. TicketMail.Comments(about.History), TicketMail.WhatItSays(about.Ticket)],
            options);
    }

    private static MailContent Content(string what, Ticket ticket, IReadOnlyList<(string, string)> sections, MailOptions options) => new()
    {
        Event = what,
        Title = ticket.Title,
        Facts = TicketMail.FactsForStaff(ticket),
        Sections = sections,
        ActionLabel = "Open the ticket",
        ActionLink = TicketMail.LinkTo(ticket, options),
        Footer = Footer,
    };
}
