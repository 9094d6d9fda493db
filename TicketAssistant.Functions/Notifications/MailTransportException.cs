namespace TicketAssistant.Functions.Notifications;

/// <summary>A mail could not be handed over, as far as we know: the connection may have broken after the server took it.</summary>
/// <param name="message">Which server or folder, and what it said. Never contains a secret.</param>
/// <param name="isPermanent">See <see cref="IsPermanent"/>.</param>
/// <param name="innerException">What the library threw.</param>
public sealed class MailTransportException(string message, bool isPermanent = false, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>
    /// True when trying again is pointless because the recipient's address is malformed or the server says that there is no
    /// such mailbox. Everything else may be gone the next time, wrong passwords included: somebody corrects them.
    /// </summary>
    public bool IsPermanent { get; } = isPermanent;
}
