namespace TicketAssistant.Functions.Notifications;

/// <summary>A reply with one mail.</summary>
/// <param name="Mail">The mail.</param>
public sealed record MailReply(MailView Mail);
