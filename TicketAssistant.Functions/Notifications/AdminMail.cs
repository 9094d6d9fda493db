using System.Globalization;
using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Notifications;

/// <summary>What mails to an admin about a ticket say.</summary>
internal static class AdminMail
{
    private const int MaxLine = 160;

    /// <summary>Nobody has acted on it.</summary>
    /// <param name="about">The ticket and the last things that happened to it.</param>
    /// <param name="at">When the mail was owed.</param>
    /// <param name="options">Addresses.</param>
    public static MailContent Escalated(MailSubject about, DateTimeOffset at, MailOptions options)
    {
        var ticket = about.Ticket;
        var sections = new List<(string, string)>
        {
            ("Why it comes to you", $"Nobody has acted on this ticket in time. It was posted {MailText.Duration(at - ticket.CreatedAt)} ago, "
                + $"and {(ticket.AssignedTo is { } holder ? $"{holder.Name} has it" : "nobody has it")} now. Please act on it or give it to somebody who can."),
            TicketMail.WhatItSays(ticket),
        };
        if (ticket.Assignment is { } assignment) sections.Add(("Last assignment", assignment.Reason));
        if (about.History.Count > 0) sections.Add(("What happened last", string.Join('\n', about.History.Select(Line))));
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

    /// <summary>One entry as one line: when, who, what.</summary>
    private static string Line(TimelineEntry entry)
    {
        var who = entry.Actor.Name ?? EnumNames<ActorKind>.Of(entry.Actor.Kind);
        var what = entry.Field is { } field
            ? $"{field}: {entry.From ?? "none"} → {entry.To ?? "none"}"
            : EnumNames<TimelineKind>.Of(entry.Kind);
        var text = entry.Body ?? entry.Reason;
        return MailText.Line(
            string.Create(CultureInfo.InvariantCulture, $"{entry.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC, {who}: {what}{(text is null ? "" : $" – {text}")}"), MaxLine);
    }
}
