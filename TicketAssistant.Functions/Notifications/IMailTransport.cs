using MimeKit;

namespace TicketAssistant.Functions.Notifications;

/// <summary>Hands a composed mail over.</summary>
public interface IMailTransport
{
    /// <summary>
    /// Returns once the mail is accepted, and within <see cref="MailOptions.Timeout"/> in any case. A cancelled call may or may
    /// not have handed the mail over.
    /// </summary>
    /// <exception cref="MailTransportException">It was not accepted, or the answer never came.</exception>
    Task SendAsync(MimeMessage message, CancellationToken cancellationToken);
}
