using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace TicketAssistant.Functions.Triage;

/// <summary>Tells an assignee outside a triage: after a hand-out, or when a mail was left over.</summary>
public static class NotifyOrchestrator
{
    /// <summary>The id under which one runs.</summary>
    public static string InstanceId(TriageKey key) => $"notify-{key.TicketId}-{key.Revision}";

    /// <summary>Ends when the mail is out or cannot be delivered.</summary>
    [Function(nameof(NotifyOrchestrator))]
    public static Task<NotifyOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<NotifyOutcome>(nameof(NotifyAssignee), context.GetInput<TriageKey>(), ActivityRetries.Mail);
}
