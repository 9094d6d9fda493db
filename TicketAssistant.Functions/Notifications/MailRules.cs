using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Notifications;

/// <summary>Who gets which mail about a ticket. Looked at when a mail is to go out, not when it was first owed.</summary>
internal static class MailRules
{
    /// <summary>Whether the recipient still is who this kind is for: a ticket may have moved on while the mail was on its way.</summary>
    public static bool Concerns(MailKey key, Ticket ticket, User recipient) => key.Kind switch
    {
        // Not of an assignment that has been followed by another one, be it to the same person: that one has a mail of its own.
        MailKind.Assigned => IsWith(ticket, recipient) && key.Revision == ticket.Assignments,
        MailKind.Commented => IsWith(ticket, recipient),
        MailKind.Reminded => IsWith(ticket, recipient) && ticket.Acknowledgement is not null,
        MailKind.Withdrawn => !IsWith(ticket, recipient) && recipient.IsActiveStaff,
        MailKind.Received or MailKind.Replied => IsFrom(ticket, recipient),
        MailKind.Resolved => IsFrom(ticket, recipient) && ticket.Status == TicketStatus.Done,
        MailKind.Escalated => recipient.IsActiveAdmin,
        _ => false,
    };

    /// <summary>Whether there is a comment, the first entry, that the recipient may read: internal ones never reach whoever isn't staff.</summary>
    public static bool MayRead(IReadOnlyList<TimelineEntry> history, User recipient, Ticket ticket) =>
        history is [{ Body: not null } comment, ..] && (!comment.Internal || (recipient.IsActiveStaff && (IsWith(ticket, recipient) || !IsFrom(ticket, recipient))));

    /// <summary>Why the recipient is not to get mails about this ticket; null where they are.</summary>
    public static string? Objection(Ticket ticket, User recipient) => recipient switch
    {
        { Active: false } => "The recipient's account is closed.",
        { EmailConfirmed: false } => "The recipient has not confirmed the address.",
        { Mails: MailPreference.None } => "The recipient wants no mails about tickets.",
        { Mails: MailPreference.Mine } when !IsWith(ticket, recipient) && !IsFrom(ticket, recipient) =>
            "The recipient only wants mails about tickets of their own.",
        _ => null,
    };

    private static bool IsWith(Ticket ticket, User person) => ticket.AssignedTo?.Id == person.Id;

    private static bool IsFrom(Ticket ticket, User person) => ticket.CreatedBy.Id == person.Id;
}
