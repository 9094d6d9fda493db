using System.Security.Cryptography;
using System.Text;
using MimeKit;
using TicketAssistant.Functions.Accounts;

namespace TicketAssistant.Functions.Notifications;

/// <summary>
/// The envelope of all mails: headers, and the content as plain text and as HTML. The same arguments give the same bytes, so
/// that a mail which is sent again is the same mail.
/// </summary>
internal static class MailEnvelope
{
    private const int MaxName = 100;

    /// <summary>Puts content into a message.</summary>
    /// <param name="recipient">Who gets it.</param>
    /// <param name="subject">Cleaned with <see cref="MailText"/>.</param>
    /// <param name="content">What it says.</param>
    /// <param name="messageId">As the ledger has it.</param>
    /// <param name="date">When the mail was first owed.</param>
    /// <param name="options">Sender and addresses.</param>
    /// <param name="thread">The Message-ID that the whole conversation refers to; null where there is none.</param>
    /// <exception cref="MailTransportException">The recipient's address is none: permanent.</exception>
    public static MimeMessage Build(
        User recipient, string subject, MailContent content, string messageId, DateTimeOffset date, MailOptions options, string? thread = null)
    {
        if (!MailboxAddress.TryParse(recipient.Email, out var address))
            throw new MailTransportException($"User {recipient.Id} has no valid e-mail address; correct it and send again.", isPermanent: true);

        var message = new MimeMessage { MessageId = messageId, Date = date, Subject = subject };
        if (thread is not null)
        {
            message.InReplyTo = thread;
            message.References.Add(thread);
        }

        // One of its own: an address holds on to every message that it is in.
        message.From.Add(options.From.Clone());
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
