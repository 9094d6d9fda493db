namespace TicketAssistant.Functions.Notifications;

/// <summary>A reply with a page of mails.</summary>
/// <param name="Mails">Newest first.</param>
/// <param name="Next">The cursor of the next page; null on the last one.</param>
public sealed record MailListReply(IReadOnlyList<MailView> Mails, string? Next);
