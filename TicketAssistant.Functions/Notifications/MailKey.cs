using System.Globalization;
using TicketAssistant.Functions.Json;

namespace TicketAssistant.Functions.Notifications;

/// <summary>What makes a mail the same mail: sent at most once per key.</summary>
/// <param name="TicketId">What it is about; empty for mails about the account.</param>
/// <param name="Kind">What happened.</param>
/// <param name="RecipientId">The user who is told.</param>
/// <param name="Revision">
/// What it tells of: the number of the assignment (<see cref="Tickets.Ticket.Assignments"/>) or of the timeline entry; the
/// number of the welcome, or when a new password was asked for (seconds since 1970).
/// </param>
public sealed record MailKey(Guid TicketId, MailKind Kind, Guid RecipientId, long Revision)
{
    /// <summary>The id of the orchestration that sends it where no other one does.</summary>
    public string InstanceId => string.Create(CultureInfo.InvariantCulture, $"mail-{TicketId}-{EnumNames<MailKind>.Of(Kind)}-{RecipientId}-{Revision}");

    /// <summary>The key as one word, which is also the local part of the mail's Message-ID.</summary>
    public string Id => string.Create(CultureInfo.InvariantCulture, $"{EnumNames<MailKind>.Of(Kind)}.{TicketId:N}.{RecipientId:N}.{Revision}");

    /// <summary>The key of an <see cref="Id"/>; null where it is none.</summary>
    public static MailKey? TryParse(string id) =>
        id.Split('.') is [var kind, var ticket, var recipient, var revision]
        && EnumNames<MailKind>.TryParse(kind, out var parsedKind)
        && Guid.TryParseExact(ticket, "N", out var ticketId)
        && Guid.TryParseExact(recipient, "N", out var recipientId)
        && long.TryParse(revision, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new MailKey(ticketId, parsedKind, recipientId, number)
            : null;
}
