using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Tickets.Escalation;

/// <summary>
/// Watches the clock while an assignee is to act on their ticket. What is awaited stands on the ticket itself; this only looks there
/// when a limit is over, or when it is told that something has changed, and has the next stage carried out.
/// </summary>
public static class AcknowledgementOrchestrator
{
    /// <summary>The event that says that something has changed, mostly that the assignee has acted. Its payload means nothing.</summary>
    public const string Acted = "acted";

    /// <summary>Ends when nothing is awaited any more, or something else is.</summary>
    [Function(nameof(AcknowledgementOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<AcknowledgementInput>() ?? throw new InvalidOperationException("An acknowledgement needs an input.");
        for (DateTimeOffset? due = input.DueAt; due is { } at;)
        {
            var now = await WaitAsync(context, at);
            due = await context.CallActivityAsync<DateTimeOffset?>(
                nameof(EscalateTicket), new EscalationStep(input.TicketId, input.Number, now, input.Limits), ActivityRetries.Store);
        }
    }

    /// <summary>Until the time has come, or somebody says that something has changed; gives the time.</summary>
    private static async Task<DateTimeOffset> WaitAsync(TaskOrchestrationContext context, DateTimeOffset due)
    {
        var left = due - context.CurrentUtcDateTime;
        if (left <= TimeSpan.Zero) return context.CurrentUtcDateTime;
        try
        {
            await context.WaitForExternalEvent<bool>(Acted, left);
            return context.CurrentUtcDateTime;
        }
        catch (TaskCanceledException)
        {
            // However its timers round: that time has come.
            return context.CurrentUtcDateTime > due ? context.CurrentUtcDateTime : due;
        }
    }
}
