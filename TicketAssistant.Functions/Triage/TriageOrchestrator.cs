using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage;

/// <summary>
/// Takes an accepted ticket to an assignee who knows of it: store, analyse, in supervised mode wait for a person, assign,
/// tell. Deterministic: everything that touches the world is an activity, and every activity may be repeated.
/// </summary>
public static class TriageOrchestrator
{
    /// <summary>The event that says that a person has settled the proposal; its payload is who.</summary>
    public const string Confirmed = "confirmed";

    // While the gate is full, the waits grow: a thousand waiting tickets must not become a thousand questions a second.
    private const double BusyGrowth = 1.5;
    private const double LongestBusyWait = 10;

    /// <summary>Runs one triage; the result is the last <see cref="TriageProgress"/>.</summary>
    [Function(nameof(TriageOrchestrator))]
    public static async Task<TriageProgress> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<TriageInput>() ?? throw new InvalidOperationException("A triage needs an input.");
        var id = input.Ticket?.Id ?? input.TicketId ?? throw new InvalidOperationException("A triage needs a ticket or its id.");
        var key = new TriageKey(id, input.Revision);

        if (input.Ticket is { } accepted)
        {
            Report(context, "storing", 0);
            await context.CallActivityAsync(nameof(EnsureTicketStored), accepted, ActivityRetries.Store);
        }

        // Beside the rest, which does not wait for it: a mail server that is down must not hold up the assignment.
        Task received = input is { TellRequester: true, Ticket: { } posted } ? TellRequesterAsync(context, posted, key.Revision) : Task.CompletedTask;

        var analysis = await AnalyzeAsync(context, key, input.Options);
        if (analysis.AwaitsConfirmation) await ConfirmAsync(context, key, input.Options, analysis);

        Report(context, "assigning", analysis.Attempts);
        var assigned = await context.CallActivityAsync<AssignOutcome>(nameof(AssignTicket), key, ActivityRetries.Store);
        if (assigned == AssignOutcome.Waiting)
        {
            var waiting = Report(context, "waiting_for_assignee", analysis.Attempts);
            await received;
            return waiting;
        }

        Report(context, "notifying", analysis.Attempts);
        if (assigned == AssignOutcome.Assigned) await context.CallActivityAsync<NotifyOutcome>(nameof(NotifyAssignee), key, ActivityRetries.Mail);
        await received;
        return Report(context, "done", analysis.Attempts);
    }

    private static Task<NotifyOutcome> TellRequesterAsync(TaskOrchestrationContext context, Ticket ticket, int revision) => context.CallActivityAsync<NotifyOutcome>(
        nameof(SendTicketMail), new MailKey(ticket.Id, MailKind.Received, ticket.CreatedBy.Id, revision), ActivityRetries.Mail);

    /// <summary>Asks the model within its budget, the offline analyser after that.</summary>
    private static async Task<Analysis> AnalyzeAsync(TaskOrchestrationContext context, TriageKey key, TriageOptions options)
    {
        var deadline = context.CurrentUtcDateTime.AddSeconds(options.BudgetSeconds);
        var refusals = 0;
        for (var attempt = 1; ;)
        {
            Report(context, "analyzing", attempt);
            var left = (deadline - context.CurrentUtcDateTime).TotalSeconds;
            var result = await context.CallActivityAsync<AnalyzeResult>(
                nameof(AnalyzeTicket), new AnalyzeRequest(key, Math.Max(1, left), options.ConfirmationLimit), ActivityRetries.Store);
            if (result.Outcome == AnalyzeOutcome.Saved) return new Analysis(attempt, result.AwaitsConfirmation, IsFallback: false);

            var busy = result.Outcome == AnalyzeOutcome.Busy;
            var wakeAt = context.CurrentUtcDateTime.AddSeconds(
                busy ? BusyWait(result, refusals++) : RetryWait(result, options, attempt));
            if (result.Outcome == AnalyzeOutcome.Refused || (!busy && attempt >= options.MaxAttempts) || wakeAt >= deadline)
            {
                // An instance from before this returned something has null here.
                var offline = await context.CallActivityAsync<AnalyzeResult?>(
                    nameof(AnalyzeOffline),
                    new OfflineRequest(key, result.Reason ?? "The model gave no reason.", options.ConfirmationLimit), ActivityRetries.Store);
                return new Analysis(busy ? attempt - 1 : attempt, offline?.AwaitsConfirmation == true, IsFallback: true);
            }

            Report(context, "waiting_for_model", busy ? attempt - 1 : attempt);
            await context.CreateTimer(wakeAt, CancellationToken.None);
            if (!busy) attempt++;
        }
    }

    /// <summary>
    /// Waits until somebody has settled the proposal, or lets it count when the time is up. What a person decides is on the
    /// ticket before the event is raised, and only one of the two finds the proposal unsettled there.
    /// </summary>
    private static async Task ConfirmAsync(TaskOrchestrationContext context, TriageKey key, TriageOptions options, Analysis analysis)
    {
        var patience = TimeSpan.FromMinutes(options.ConfirmMinutes);
        context.SetCustomStatus(new TriageProgress("awaiting_confirmation", analysis.Attempts, context.CurrentUtcDateTime + patience));
        try
        {
            await context.WaitForExternalEvent<Guid>(Confirmed, patience);
        }
        catch (TaskCanceledException)
        {
            await context.CallActivityAsync(
                nameof(ReleaseProposal), new ReleaseRequest(key, analysis.IsFallback, options.ConfirmMinutes), ActivityRetries.Store);
        }
    }

    // Capped before it becomes a TimeSpan: the server's wish may be any number.
    private static double RetryWait(AnalyzeResult result, TriageOptions options, int attempt) =>
        Math.Clamp(result.RetryAfterSeconds ?? options.FirstRetrySeconds * Math.Pow(2, attempt - 1), 0.1, 86_400);

    private static double BusyWait(AnalyzeResult result, int refusals) =>
        Math.Clamp((result.RetryAfterSeconds ?? 1) * Math.Pow(BusyGrowth, refusals), 0.1, LongestBusyWait);

    private static TriageProgress Report(TaskOrchestrationContext context, string step, int attempts)
    {
        var progress = new TriageProgress(step, attempts);
        context.SetCustomStatus(progress);
        return progress;
    }

    private readonly record struct Analysis(int Attempts, bool AwaitsConfirmation, bool IsFallback);
}
