using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace TicketAssistant.Functions.Notifications;

/// <summary>
/// Hands mails to an SMTP server, one connection a mail: assignments are few and far between for a mail server, and a kept
/// connection that the server has closed meanwhile is one more way to fail.
/// </summary>
internal sealed class SmtpMailTransport(MailOptions options) : IMailTransport
{
    private static readonly TimeSpan QuitTimeout = TimeSpan.FromSeconds(1);

    private readonly string host = options.SmtpHost ?? throw new ArgumentException("There is no SMTP host.", nameof(options));

    /// <inheritdoc />
    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        // One clock over all steps: a server that answers each of them just in time must not hold the caller for minutes.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        using var client = new SmtpClient();
        try
        {
            await client.ConnectAsync(host, options.SmtpPort, SocketOptions(options.Security), limit.Token);
            if (options.Credentials is { } credentials)
            {
                RefusePlainPassword(client);
                await client.AuthenticateAsync(credentials, limit.Token);
            }

            await client.SendAsync(message, limit.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException exception)
        {
            throw new MailTransportException($"{Server} did not take the mail within {options.Timeout.TotalSeconds:0} s (Smtp__TimeoutSeconds).", innerException: exception);
        }
        catch (Exception exception) when (exception is not MailTransportException)
        {
            throw new MailTransportException($"{Server}: {Reason(exception)}", IsPermanent(exception), exception);
        }

        await QuitAsync(client);
    }

    private string Server => $"Mail server {host}:{options.SmtpPort}";

    private static SecureSocketOptions SocketOptions(MailSecurity security) => security switch
    {
        MailSecurity.Auto => SecureSocketOptions.Auto,
        MailSecurity.StartTls => SecureSocketOptions.StartTls,
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => throw new ArgumentOutOfRangeException(nameof(security), security, null),
    };

    /// <summary>Auto takes what the server offers, and somebody on the way can strip the offer: that must not cost the password.</summary>
    private void RefusePlainPassword(SmtpClient client)
    {
        if (client.IsSecure || options.Security == MailSecurity.None || new UriBuilder("smtp", host).Uri.IsLoopback) return;
        throw new MailTransportException($"{Server} offers no TLS, and Smtp__Password is not sent without. Set Smtp__Security to None to allow it.");
    }

    private static string Reason(Exception exception) => exception switch
    {
        SmtpCommandException command => $"{(int)command.StatusCode} {command.Message}",
        _ => exception.Message,
    };

    /// <summary>
    /// 550, 551 and 553 for the recipient say that there is no such mailbox. Not so 552, which RFC 5321 (4.5.3.1.10) wants
    /// treated as temporary, nor policy codes (5.7.x): rate limits and refused relaying come as "550 5.7.x".
    /// </summary>
    private static bool IsPermanent(Exception exception) =>
        exception is SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted } refusal
        && (int)refusal.StatusCode is 550 or 551 or 553
        && !refusal.Message.StartsWith("5.7.", StringComparison.Ordinal);

    /// <summary>The mail is accepted; how the good-bye goes changes nothing, and must not keep the ledger waiting.</summary>
    private static async Task QuitAsync(SmtpClient client)
    {
        using var limit = new CancellationTokenSource(QuitTimeout);
        try
        {
            await client.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or MailKit.ProtocolException)
        {
            // Disposing the client closes the socket.
        }
    }
}
