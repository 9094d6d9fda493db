namespace TicketAssistant.Functions.Notifications;

/// <summary>
/// Message-IDs as a function of what the mail is about, without angle brackets: whoever sends a mail again, in whatever
/// process, gives it the same one, and mail clients show it once.
/// </summary>
internal static class MessageId
{
    /// <summary>The Message-ID of the mail that the key stands for.</summary>
    public static string For(MailKey key, string domain) =>
        $"{key.Id}@{domain}";

    /// <summary>What all mails about one ticket refer to, so that mail clients show them as one conversation.</summary>
    public static string Thread(Guid ticketId, string domain) => $"ticket.{ticketId:N}@{domain}";
}
