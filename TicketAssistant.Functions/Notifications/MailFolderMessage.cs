namespace TicketAssistant.Functions.Notifications;

/// <summary>One whole mail from the folder. All text is as it was sent: encode it.</summary>
/// <param name="Subject">The decoded subject.</param>
/// <param name="Headers">Every header, decoded, in order.</param>
/// <param name="Text">The text part; null when there is none.</param>
/// <param name="Html">The HTML part; null when there is none. Untrusted.</param>
public sealed record MailFolderMessage(string Subject, IReadOnlyList<(string Name, string Value)> Headers, string? Text, string? Html);
