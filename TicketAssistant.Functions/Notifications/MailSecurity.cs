namespace TicketAssistant.Functions.Notifications;

/// <summary>How the connection to the mail server is protected (<c>Smtp__Security</c>).</summary>
public enum MailSecurity
{
    /// <summary>
    /// TLS from the start on port 465, elsewhere STARTTLS where the server offers it. A password is never sent without TLS,
    /// except to this machine.
    /// </summary>
    Auto,

    /// <summary>STARTTLS; a server without it is not used.</summary>
    StartTls,

    /// <summary>TLS from the start.</summary>
    Tls,

    /// <summary>No TLS, password included.</summary>
    None,
}
