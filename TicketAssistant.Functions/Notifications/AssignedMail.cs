using MimeKit;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Notifications;

/// <summary>The mail that tells the assignee of a ticket: <see cref="MailKind.Assigned"/>.</summary>
internal static class AssignedMail
{
    private const int MaxSubjectTitle = 120;
    private const int MaxExcerpt = 500;
    private const int MaxSkills = 20;

    /// <summary>Composes the mail; the same arguments give the same bytes.</summary>
    /// <param name="ticket">Analysed and assigned.</param>
    /// <param name="recipient">The assignee.</param>
    /// <param name="messageId">As the ledger has it.</param>
    /// <param name="date">When the mail was first owed.</param>
    /// <param name="options">Sender and addresses.</param>
    /// <exception cref="MailTransportException">The recipient's address is none: permanent.</exception>
    public static MimeMessage Compose(Ticket ticket, User recipient, string messageId, DateTimeOffset date, MailOptions options) =>
        TicketMail.Build(ticket.Id, recipient, Subject(ticket), Content(ticket, options), messageId, date, options);

    // The end of the id, because a UUID v7 begins with the time: tickets of the same minute would look alike.
    private static string Subject(Ticket ticket) =>
        $"[{ticket.Priority}] {MailText.Line(ticket.Title, MaxSubjectTitle)} (#{ticket.Id.ToString("N")[^8..]})";

    private static MailContent Content(Ticket ticket, MailOptions options)
    {
        var facts = new List<(string, string)> { ("Priority", ticket.Priority.ToString()), ("Type", TypeName(ticket.Type)) };
        if (ticket.RelatedSkills.Count > 0) facts.Add(("Skills", string.Join(", ", ticket.RelatedSkills.Take(MaxSkills))));
        facts.Add(("From", ticket.CreatedBy.Name));

        var sections = new List<(string, string)>
        {
            string.IsNullOrWhiteSpace(ticket.Summary)
                ? ("What it says", MailText.Block(ticket.Description, MaxExcerpt))
                : ("Summary", ticket.Summary),
        };
        if (ticket.Assignment is { } assignment) sections.Add(("Why it came to you", assignment.Reason));
        if (!string.IsNullOrWhiteSpace(ticket.HelpfulNotes)) sections.Add(("Suggestions, made automatically: check before you act", ticket.HelpfulNotes));

        return new()
        {
            Event = "Assigned to you",
            Title = ticket.Title,
            Facts = facts,
            Sections = sections,
            ActionLabel = "Open the ticket",
            ActionLink = new($"{options.AppUrl.AbsoluteUri.TrimEnd('/')}/tickets/{ticket.Id}"),
            Footer = "You get this mail because the ticket was assigned to you. Answer in the ticket; replies to this address are not read.",
        };
    }

    private static string TypeName(TicketType type) => type switch
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
}
