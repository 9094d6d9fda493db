using System.Security.Cryptography;
using System.Text;
using MimeKit;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Notifications;

/// <summary>
/// All mails about a ticket: what each kind says, and the envelope. The same arguments give the same bytes, so that a mail which is sent again is
/// the same mail.
/// </summary>
internal static class TicketMail
{
    private const int MaxName = 100;
    private const int MaxSubjectTitle = 120;
    private const int MaxExcerpt = 500;
    private const int MaxSkills = 20;

    /// <summary>Composes a mail of any kind that is about a ticket.</summary>
    /// <param name="kind">What to tell.</param>
    /// <param name="ticket">As it is now.</param>
    /// <param name="recipient">Who gets it.</param>
    /// <param name="messageId">As the ledger has it.</param>
    /// <param name="date">When the mail was first owed.</param>
    /// <param name="options">Sender and addresses.</param>
    /// <exception cref="MailTransportException">The recipient's address is none: permanent.</exception>
    public static MimeMessage Compose(
        MailKind kind, Ticket ticket, User recipient, string messageId, DateTimeOffset date, MailOptions options) =>
        Build(ticket.Id, recipient, Subject(kind, ticket), Content(kind, ticket, date, options), messageId, date, options);

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

    private static MailContent Content(MailKind kind, Ticket ticket, DateTimeOffset date, MailOptions options) => kind switch
    {
        MailKind.Assigned => AssigneeMail.Assigned(ticket, options),
        MailKind.Reminded => AssigneeMail.Reminded(ticket, date, options),
        MailKind.Commented => AssigneeMail.Commented(ticket, options),
        MailKind.Received => RequesterMail.Received(ticket, options),
        MailKind.Replied => RequesterMail.Replied(ticket, options),
        MailKind.Resolved => RequesterMail.Resolved(ticket, options),
        MailKind.Escalated => AdminMail.Escalated(ticket, date, options),
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

    private static MimeMessage Build(
        Guid ticketId, User recipient, string subject, MailContent content, string messageId, DateTimeOffset date, MailOptions options)
    {
        if (!MailboxAddress.TryParse(recipient.Email, out var address))
            throw new MailTransportException($"User {recipient.Id} has no valid e-mail address; correct it and send again.", isPermanent: true);

        var thread = MessageId.Thread(ticketId, options.MessageIdDomain);
        var message = new MimeMessage { MessageId = messageId, Date = date, Subject = subject, InReplyTo = thread };
        message.References.Add(thread);
        message.From.Add(options.From);
        message.To.Add(new MailboxAddress(MailText.Line(recipient.Name, MaxName), address.Address));
        // RFC 3834, and what Exchange listens to: nobody's out-of-office notice answers us.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        message.Body = new MultipartAlternative
        {
            Part("plain", MailLayout.Text(content)),
            Part("html", MailLayout.Html(content)),
        };
        ((Multipart)message.Body).Boundary = Boundary(messageId);
        return message;
    }

    private static TextPart Part(string subtype, string text) =>
        new(subtype) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };

    /// <summary>Derived rather than random. No text can contain it: quoted-printable never has an underscore after "=".</summary>
    private static string Boundary(string messageId) =>
        $"=_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)).AsSpan(0, 16))}";
}
