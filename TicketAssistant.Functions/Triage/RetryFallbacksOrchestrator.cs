using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace TicketAssistant.Functions.Triage;

/// <summary>
/// Triages again what fell back: a portion at a time, so that the model is not asked more than it takes and no triage spends
/// its budget waiting for others. Each ticket comes up once, however it ends. One instance at a time, under a fixed id.
/// </summary>
public static class RetryFallbacksOrchestrator
{
    /// <summary>The id of the one instance.</summary>
    public const string InstanceId = "retry-fallbacks";

    // Beyond its budget a triage only has to fall back once more.
    private const int GraceSeconds = 30;
    private const double FirstLookSeconds = 0.25;
    private const double LongestLookSeconds = 4;

    /// <summary>Returns how many triages were started.</summary>
    [Function(nameof(RetryFallbacksOrchestrator))]
    public static async Task<int> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<RetryFallbacksInput>() ?? throw new InvalidOperationException("A retry needs an input.");
        var portion = await context.CallActivityAsync<TriageKey[]>(
            nameof(ListFallbackTickets), new FallbackPortion(input.After, input.Portion), ActivityRetries.Store);
        if (portion.Length == 0) return input.Started;

        var started = await context.CallActivityAsync<TriageKey[]>(
            nameof(StartRetriages), new RetriageRequest(portion, input.Options), ActivityRetries.Store);
        await WaitAsync(context, started, input.Options);

        // A history as long as a portion, however many there are.
        context.ContinueAsNew(input with { After = portion[^1].TicketId, Started = input.Started + started.Length });
        return input.Started;
    }

    private static async Task WaitAsync(TaskOrchestrationContext context, TriageKey[] started, TriageOptions options)
    {
        var deadline = context.CurrentUtcDateTime.AddSeconds(options.BudgetSeconds + GraceSeconds);
        for (var look = FirstLookSeconds; context.CurrentUtcDateTime < deadline; look = Math.Min(look * 2, LongestLookSeconds))
        {
            await context.CreateTimer(context.CurrentUtcDateTime.AddSeconds(look), CancellationToken.None);
            if (await context.CallActivityAsync<bool>(nameof(AreAnalysed), started, ActivityRetries.Store)) return;
        }
    }
}
