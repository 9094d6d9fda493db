namespace TicketAssistant.Functions.Notifications;

/// <summary>What makes a mail the same mail: sent at most once per key.</summary>
/// <param name="TicketId">What it is about.</param>
/// <param name="Kind">What happened.</param>
/// <param name="RecipientId">The user who is told.</param>
/// <param name="Revision">The triage revision (or later change) that it tells of.</param>
public sealed record MailKey(Guid TicketId, MailKind Kind, Guid RecipientId, int Revision);
