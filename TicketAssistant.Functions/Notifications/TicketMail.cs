using MimeKit;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Notifications;

/// <summary>
/// All mails about a ticket, by kind. The same arguments give the same bytes, so that a mail which is sent again is
/// the same mail.
/// </summary>
internal static class TicketMail
{
    private const int MaxSubjectTitle = 120;
    private const int MaxExcerpt = 500;
    private const int MaxSkills = 20;
    private const int MaxName = 60;

    /// <summary>Composes a mail of any kind that is about a ticket.</summary>
    /// <param name="kind">What to tell.</param>
    /// <param name="about">The ticket and its reader.</param>
    /// <param name="messageId">As the ledger has it.</param>
    /// <param name="date">When the mail was first owed.</param>
    /// <param name="options">Sender and addresses.</param>
    /// <exception cref="MailTransportException">The recipient's address is none: permanent.</exception>
    public static MimeMessage Compose(
        MailKind kind, MailSubject about, string messageId, DateTimeOffset date, MailOptions options) =>
        MailEnvelope.Build(
            about.Recipient,
            Subject(kind, about.Ticket),
            Content(kind, about, date, options),
            messageId,
            date,
            options,
            MessageId.Thread(about.Ticket.Id, options.MessageIdDomain));

    /// <summary>Where the ticket is in the web app.</summary>
    public static Uri LinkTo(Ticket ticket, MailOptions options) => new($"{options.AppUrl.AbsoluteUri.TrimEnd('/')}/tickets/{ticket.Id}");

    /// <summary>What staff wants to know at a glance.</summary>
    public static IReadOnlyList<(string Label, string Value)> FactsForStaff(Ticket ticket)
    {
        var facts = new List<(string, string)> { ("Priority", ticket.Priority.ToString()), ("Type", NameOf(ticket.Type)) };
        if (ticket.RelatedSkills.Count > 0) facts.Add(("Skills", string.Join(", ", ticket.RelatedSkills.Take(MaxSkills))));
        facts.Add(("From", ticket.CreatedBy.Name));
        return facts;
    }

    /// <summary>The summary, or the beginning of the text where no analyser made one.</summary>
    public static (string Heading, string Text) WhatItSays(Ticket ticket) => string.IsNullOrWhiteSpace(ticket.Summary)
        ? ("What it says", MailText.Block(ticket.Description, MaxExcerpt))
        : ("Summary", ticket.Summary);

    /// <summary>A type as people write it.</summary>
    public static string NameOf(TicketType type) => type switch
    {
        TicketType.Bug => "Bug",
        TicketType.Incident => "Incident",
        TicketType.Question => "Question",
        TicketType.FeatureRequest => "Feature request",
        TicketType.AccountAccess => "Account access",
        TicketType.Billing => "Billing",
        TicketType.Security => "Security",
        _ => "Other",
    };

    /// <summary>A status as people write it.</summary>
    public static string NameOf(TicketStatus status) => status switch
    {
        TicketStatus.Todo => "To do",
        TicketStatus.InProgress => "In progress",
        TicketStatus.Waiting => "Waiting",
        _ => "Done",
    };

    /// <summary>What people wrote, each under their name.</summary>
    public static IEnumerable<(string Heading, string Text)> Comments(IEnumerable<TimelineEntry> history) =>
        from entry in history
        where entry.Kind == TimelineKind.Comment
        select ($"{(entry.Internal ? "Internal comment" : "Comment")} by {MailText.Line(entry.Actor.Name ?? "somebody", MaxName)}", entry.Body ?? "");

    private static MailContent Content(MailKind kind, MailSubject about, DateTimeOffset date, MailOptions options) => kind switch
    {
        MailKind.Assigned => AssigneeMail.Assigned(about.Ticket, options),
        MailKind.Reminded => AssigneeMail.Reminded(about.Ticket, date, options),
        MailKind.Withdrawn => AssigneeMail.Withdrawn(about.Ticket, options),
        MailKind.Commented => AssigneeMail.Commented(about, options),
        MailKind.Received => RequesterMail.Received(about.Ticket, options),
        MailKind.Replied => RequesterMail.Replied(about, options),
        MailKind.Resolved => RequesterMail.Resolved(about.Ticket, options),
        MailKind.Escalated => AdminMail.Escalated(about, date, options),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Is not about a ticket."),
    };

    /// <summary>
    /// The same for all mails to one reader but for the "Re:": some clients only make a conversation of equal subjects. The end
    /// of the id, because a UUID v7 begins with the time: tickets of the same minute would look alike.
    /// </summary>
    private static string Subject(MailKind kind, Ticket ticket)
    {
        var subject = $"{MailText.Line(ticket.Title, MaxSubjectTitle)} (#{ticket.Id.ToString("N")[^8..]})";
        return kind switch
        {
            MailKind.Received => subject,
            MailKind.Replied or MailKind.Resolved => $"Re: {subject}",
            MailKind.Assigned or MailKind.Escalated => $"[{ticket.Priority}] {subject}",
            _ => $"Re: [{ticket.Priority}] {subject}",
        };
    }
}
