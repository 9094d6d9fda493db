using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>Lets an orchestration take one turn more: with the code that was kept since the last one, or after a replay.</summary>
internal sealed class TurnRunner(DurableFunctions functions, DurableOptions options, ILoggerFactory loggerFactory)
{
    // How many instances of each orchestrator this process has begun to run.
    private readonly ConcurrentDictionary<string, int> _run = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="instance">Whose turn it is, history loaded. Its code is the outcome's from now on.</param>
    /// <param name="inputs">What has happened since the last turn.</param>
    /// <param name="now">The time of the new turn (UTC).</param>
    /// <param name="onForeign">Called, from any thread, when the code is caught awaiting something that is not durable.</param>
    public TurnOutcome Run(Instance instance, IReadOnlyList<HistoryEvent> inputs, DateTime now, Action onForeign)
    {
        if (!functions.Orchestrators.TryGetValue(instance.Name, out var handler))
        {
            return Broken($"Orchestrator '{instance.Name}' does not exist in this app (any more).", now, inputs, null);
        }

        if (instance.StartAt > now && instance.Turns!.Count == 0 && inputs.OfType<ExecutionTerminated>().FirstOrDefault() is { } end)
        {
            // Its time never came: none of its code runs.
            return new TurnOutcome(new Turn(now, inputs, []), OrchestrationRuntimeStatus.Terminated, null, end.Output, null);
        }

        instance.KeepsCode ??= options.ExtendedSessions && _run.AddOrUpdate(instance.Name, 1, (_, n) => n + 1) > options.AlwaysReplayed;
        var code = instance.TakeCode();
        var replay = code is null;
        code ??= new OrchestratorExecution(instance, handler, options.Converter, loggerFactory, onForeign);
        var kept = false;
        try
        {
            var outcome = code.Turn(() => Run(instance, code, replay, inputs, now));
            kept = instance.KeepsCode.Value && outcome.ContinuedAs is null && !DurableStore.IsFinished(outcome.Status);
            return kept ? outcome with { Code = code } : outcome;
        }
        finally
        {
            if (!kept) code.Dispose();
        }
    }

    private TurnOutcome Run(Instance instance, OrchestratorExecution code, bool replay, IReadOnlyList<HistoryEvent> inputs, DateTime now)
    {
        var context = code.Context;
        if (replay && Replay(instance, code) is { } misfit) return Broken(misfit, now, inputs, context);

        now = instance.Turns!.Count > 0 && instance.Turns[^1].At > now ? instance.Turns[^1].At : now;
        context.BeginTurn(now, null);
        var told = code.Tell(inputs);

        if (context.BrokenBy is { } broken) return Broken(broken.Message, now, inputs, context);
        if (inputs.OfType<ExecutionBroken>().FirstOrDefault() is { } reported) return Broken(reported.Reason, now, inputs, context);
        if (code.AwaitsForeign) return Broken(AwaitsForeign(instance.Name), now, inputs, context);

        var done = new Turn(now, inputs, [.. context.Decisions]) { Waits = context.TakeWaits() };
        if (code.Ended is { } ended) return Ended(ended, done, code, inputs.Skip(told));

        if (inputs.OfType<ExecutionTerminated>().FirstOrDefault() is { } terminated)
        {
            return new TurnOutcome(done with { Decisions = [] }, OrchestrationRuntimeStatus.Terminated, context.CustomStatus, terminated.Output, null);
        }

        if (!code.Suspended && !context.WaitsForSomething) return Broken(AwaitsForeign(instance.Name), now, inputs, context);
        var status = code.Suspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running;
        return new TurnOutcome(done, status, context.CustomStatus, null, null);
    }

    /// <summary>Brings new code to where the history ends; what does not fit, or null.</summary>
    private static string? Replay(Instance instance, OrchestratorExecution code)
    {
        foreach (var turn in instance.Turns!)
        {
            code.Context.BeginTurn(turn.At, turn.Decisions);
            code.Tell(turn.Inputs);
            code.Context.EndPastTurn();
            if (code.Context.BrokenBy is { } broken) return broken.Message;
            if (code.Ended is not null)
            {
                return $"Orchestrator '{instance.Name}' is not deterministic, or its code was changed while this instance was running: " +
                    "it now ends at a step after which the history goes on.";
            }
        }

        return null;
    }

    private TurnOutcome Ended(Task<object?> ended, Turn done, OrchestratorExecution code, IEnumerable<HistoryEvent> untold)
    {
        var context = code.Context;
        if (!ended.IsCompletedSuccessfully)
        {
            var exception = ended.Exception?.InnerException ?? new TaskCanceledException(ended);
            return new TurnOutcome(done, OrchestrationRuntimeStatus.Failed, context.CustomStatus, null, Failure.From(exception));
        }

        if (context.NewBeginning is not { } beginning)
        {
            return new TurnOutcome(done, OrchestrationRuntimeStatus.Completed, context.CustomStatus, options.Converter.Serialize(ended.Result), null);
        }

        var carried = context.PreservesEvents
            ? (IReadOnlyList<EventRaised>)[.. context.UnconsumedEvents(), .. code.Held.Concat(untold).OfType<EventRaised>()]
            : [];
        return new TurnOutcome(done, OrchestrationRuntimeStatus.Running, context.CustomStatus, null, null)
        {
            ContinuedAs = beginning with { Events = carried },
        };
    }

    internal static string AwaitsForeign(string orchestrator) =>
        $"Orchestrator '{orchestrator}' awaited something that is not durable. It must await nothing but tasks of the context " +
        "(no Task.Delay, Task.Run, I/O or ConfigureAwait(false)).";

    private static TurnOutcome Broken(string reason, DateTime now, IReadOnlyList<HistoryEvent> inputs, ReplayContext? context) => new(
        new Turn(now, inputs, []),
        OrchestrationRuntimeStatus.Failed,
        context?.CustomStatus,
        null,
        new Failure("DurableTask.Core.Exceptions.NonDeterministicOrchestrationException", reason, null, null));
}
