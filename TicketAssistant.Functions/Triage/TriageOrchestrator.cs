using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage;

/// <summary>
/// Takes an accepted ticket to an assignee who knows of it: store, analyse, assign, tell. Deterministic: everything that
/// touches the world is an activity, and every activity may be repeated.
/// </summary>
public static class TriageOrchestrator
{
    /// <summary>Runs one triage; the result is the last <see cref="TriageProgress"/>.</summary>
    [Function(nameof(TriageOrchestrator))]
    public static async Task<TriageProgress> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<TriageInput>() ?? throw new InvalidOperationException("A triage needs an input.");
        var key = new TriageKey(input.Ticket.Id, input.Revision);

        Report(context, "storing", 0);
        await context.CallActivityAsync(nameof(EnsureTicketStored), input.Ticket, ActivityRetries.Store);

        // Beside the rest, which does not wait for it: a mail server that is down must not hold up the assignment.
        Task received = input.TellRequester ? TellRequesterAsync(context, input.Ticket, key.Revision) : Task.CompletedTask;

        var attempts = await AnalyzeAsync(context, key, input.Options);

        Report(context, "assigning", attempts);
        var assigned = await context.CallActivityAsync<AssignOutcome>(nameof(AssignTicket), key, ActivityRetries.Store);
        if (assigned == AssignOutcome.Waiting)
        {
            var waiting = Report(context, "waiting_for_assignee", attempts);
            await received;
            return waiting;
        }

        Report(context, "notifying", attempts);
        if (assigned == AssignOutcome.Assigned) await context.CallActivityAsync<NotifyOutcome>(nameof(NotifyAssignee), key, ActivityRetries.Mail);
        await received;
        return Report(context, "done", attempts);
    }

    private static Task<NotifyOutcome> TellRequesterAsync(TaskOrchestrationContext context, Ticket ticket, int revision) => context.CallActivityAsync<NotifyOutcome>(
        nameof(SendTicketMail), new MailKey(ticket.Id, MailKind.Received, ticket.CreatedBy.Id, revision), ActivityRetries.Mail);

    /// <summary>Asks the model within its budget, the offline analyser after that. Returns how often the model was asked.</summary>
    private static async Task<int> AnalyzeAsync(TaskOrchestrationContext context, TriageKey key, TriageOptions options)
    {
        var deadline = context.CurrentUtcDateTime.AddSeconds(options.BudgetSeconds);
        for (var attempt = 1; ; attempt++)
        {
            Report(context, "analyzing", attempt);
            var left = (deadline - context.CurrentUtcDateTime).TotalSeconds;
            var result = await context.CallActivityAsync<AnalyzeResult>(
                nameof(AnalyzeTicket), new AnalyzeRequest(key, Math.Max(1, left)), ActivityRetries.Store);
            if (result.Outcome == AnalyzeOutcome.Saved) return attempt;

            // Capped before it becomes a TimeSpan: the server's wish may be any number.
            var wait = Math.Clamp(result.RetryAfterSeconds ?? options.FirstRetrySeconds * Math.Pow(2, attempt - 1), 0.1, 86_400);
            var wakeAt = context.CurrentUtcDateTime.AddSeconds(wait);
            if (result.Outcome == AnalyzeOutcome.Refused || attempt >= options.MaxAttempts || wakeAt >= deadline)
            {
                await context.CallActivityAsync(
                    nameof(AnalyzeOffline), new OfflineRequest(key, result.Reason ?? "The model gave no reason."), ActivityRetries.Store);
                return attempt;
            }

            Report(context, "waiting_for_model", attempt);
            await context.CreateTimer(wakeAt, CancellationToken.None);
        }
    }

    private static TriageProgress Report(TaskOrchestrationContext context, string step, int attempts)
    {
        var progress = new TriageProgress(step, attempts);
        context.SetCustomStatus(progress);
        return progress;
    }
}
