using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace TicketAssistant.Functions.Triage;

/// <summary>
/// Hands out tickets that nobody could take when they came: most urgent first, then oldest. One instance at a time, under
/// a fixed id; claims are per (ticket, revision), so a second one would do no harm.
/// </summary>
public static class HandOutOrchestrator
{
    /// <summary>The id of the one instance.</summary>
    public const string InstanceId = "hand-out";

    /// <summary>Returns how many tickets found somebody.</summary>
    [Function(nameof(HandOutOrchestrator))]
    public static async Task<int> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var waiting = await context.CallActivityAsync<TriageKey[]>(nameof(ListWaitingTickets), null, ActivityRetries.Store);
        var handedOut = 0;
        foreach (var key in waiting)
        {
            var outcome = await context.CallActivityAsync<AssignOutcome>(nameof(AssignTicket), key, ActivityRetries.Store);
            if (outcome != AssignOutcome.Assigned) continue;
            // In an orchestration of its own: a mail server that is down must not keep the next tickets from people.
            await context.CallActivityAsync(nameof(StartNotification), key, ActivityRetries.Store);
            handedOut++;
        }

        return handedOut;
    }
}
