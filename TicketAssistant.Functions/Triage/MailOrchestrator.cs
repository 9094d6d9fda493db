using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using TicketAssistant.Functions.Notifications;

namespace TicketAssistant.Functions.Triage;

/// <summary>Sends one mail that nothing else waits for, under the key's <see cref="MailKey.InstanceId"/>.</summary>
public static class MailOrchestrator
{
    /// <summary>Ends when the mail is out, cannot be delivered, or is not owed any more.</summary>
    [Function(nameof(MailOrchestrator))]
    public static Task<NotifyOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<NotifyOutcome>(nameof(SendTicketMail), context.GetInput<MailKey>(), ActivityRetries.Mail);
}
