using System.Security.Cryptography;
using System.Text;
using MimeKit;
using TicketAssistant.Functions.Accounts;

namespace TicketAssistant.Functions.Notifications;

/// <summary>
/// The envelope of all mails about a ticket. The same arguments give the same bytes, so that a mail which is sent again is
/// the same mail.
/// </summary>
internal static class TicketMail
{
    private const int MaxName = 100;

    /// <summary>Puts content into a message.</summary>
    /// <param name="ticketId">The ticket, which makes the conversation.</param>
    /// <param name="recipient">Who gets it.</param>
    /// <param name="subject">Cleaned with <see cref="MailText"/>.</param>
    /// <param name="content">What it says.</param>
    /// <param name="messageId">As the ledger has it.</param>
    /// <param name="date">When the mail was first owed.</param>
    /// <param name="options">Sender and addresses.</param>
    /// <exception cref="MailTransportException">The recipient's address is none: permanent.</exception>
    public static MimeMessage Build(
        Guid ticketId, User recipient, string subject, MailContent content, string messageId, DateTimeOffset date, MailOptions options)
    {
        if (!MailboxAddress.TryParse(recipient.Email, out var address))
            throw new MailTransportException($"User {recipient.Id} has no valid e-mail address; correct it and send again.", isPermanent: true);

        var thread = MessageId.Thread(ticketId, options.MessageIdDomain);
        var message = new MimeMessage { MessageId = messageId, Date = date, Subject = subject, InReplyTo = thread };
        message.References.Add(thread);
        message.From.Add(options.From);
        message.To.Add(new MailboxAddress(MailText.Line(recipient.Name, MaxName), address.Address));
        // RFC 3834, and what Exchange listens to: nobody's out-of-office notice answers us.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        message.Body = new MultipartAlternative
        {
            Part("plain", MailLayout.Text(content)),
            Part("html", MailLayout.Html(content)),
        };
        ((Multipart)message.Body).Boundary = Boundary(messageId);
        return message;
    }

    private static TextPart Part(string subtype, string text) =>
        new(subtype) { Text = text, ContentTransferEncoding = ContentEncoding.QuotedPrintable };

    /// <summary>Derived rather than random. No text can contain it: quoted-printable never has an underscore after "=".</summary>
    private static string Boundary(string messageId) =>
        $"=_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)).AsSpan(0, 16))}";
}
