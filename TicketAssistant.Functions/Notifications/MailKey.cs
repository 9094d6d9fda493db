namespace TicketAssistant.Functions.Notifications;

/// <summary>What makes a mail the same mail: sent at most once per key.</summary>
/// <param name="TicketId">What it is about; empty for mails about the account.</param>
/// <param name="Kind">What happened.</param>
/// <param name="RecipientId">The user who is told.</param>
/// <param name="Revision">
/// What it tells of: the number of the assignment (<see cref="Tickets.Ticket.Assignments"/>) or of the timeline entry; the
/// number of the welcome.
/// </param>
public sealed record MailKey(Guid TicketId, MailKind Kind, Guid RecipientId, long Revision)
{
    /// <summary>The id of the orchestration that sends it where no other one does.</summary>
    public string InstanceId => $"mail-{TicketId}-{Kind.ToString().ToLowerInvariant()}-{RecipientId}-{Revision}";
}
