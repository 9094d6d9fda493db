using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Notifications;

namespace TicketAssistant.Functions.Triage;

/// <summary>Sends the mail that a key stands for: once per key, whatever is repeated.</summary>
public sealed class SendTicketMail(MailDispatch dispatch)
{
    /// <summary>Throws when it should be tried again: the server or the store is away, or another sender is at it.</summary>
    /// <exception cref="MailTransportException">The mail did not go out this time.</exception>
    /// <exception cref="MailBusyException">Somebody else holds the right to send it.</exception>
    [Function(nameof(SendTicketMail))]
    public Task<NotifyOutcome> RunAsync([ActivityTrigger] MailKey key, CancellationToken cancellationToken) => dispatch.SendAsync(key, cancellationToken);
}
