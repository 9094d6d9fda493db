namespace TicketAssistant.Functions.Notifications;

/// <summary>One mail in the folder, as a list shows it. All text is as it was sent: encode it.</summary>
/// <param name="Id">Names it to <see cref="MailFolder.ReadAsync"/>.</param>
/// <param name="To">The recipients.</param>
/// <param name="Subject">The decoded subject.</param>
/// <param name="WrittenAt">When it was sent (UTC).</param>
public sealed record MailFolderEntry(string Id, string To, string Subject, DateTimeOffset WrittenAt);
