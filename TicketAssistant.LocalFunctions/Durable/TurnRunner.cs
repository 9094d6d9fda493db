using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>What a turn came to: the turn to store and the status after it.</summary>
internal sealed record TurnOutcome(Turn Turn, OrchestrationRuntimeStatus Status, string? CustomStatus, string? Output, Failure? Failure)
{
    /// <summary>Set when the orchestration begins anew instead of going on.</summary>
    public NewBeginning? ContinuedAs { get; init; }
}

/// <summary>What an orchestration that continues as new begins with.</summary>
/// <param name="Input">JSON, or null.</param>
/// <param name="Version">Its version from now on.</param>
/// <param name="Events">Events that nobody has waited for yet, in order.</param>
internal sealed record NewBeginning(string? Input, string? Version, IReadOnlyList<EventRaised> Events);

/// <summary>Replays an orchestration and lets it take one turn more.</summary>
internal sealed class TurnRunner(DurableFunctions functions, DataConverter converter, ILoggerFactory loggerFactory)
{
    /// <param name="instance">Whose turn it is, history loaded.</param>
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

        var foreign = false;
        var turnContext = new TurnSynchronizationContext(() =>
        {
            Volatile.Write(ref foreign, true);
            onForeign();
        });
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(turnContext);
        try
        {
            var context = new ReplayContext(instance, turnContext, converter, loggerFactory);
            return Run(instance, handler, context, turnContext, inputs, now, () => Volatile.Read(ref foreign));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
            turnContext.End();
        }
    }

    private TurnOutcome Run(
        Instance instance,
        OrchestratorHandler handler,
        ReplayContext context,
        TurnSynchronizationContext turnContext,
        IReadOnlyList<HistoryEvent> inputs,
        DateTime now,
        Func<bool> foreign)
    {
        Task<object?>? code = null;
        var thread = Environment.CurrentManagedThreadId;
        var endedElsewhere = false;
        var suspended = false;
        var held = new Queue<HistoryEvent>();

        // Returns how many of the inputs the code was told of, or are held for it.
        int Play(IReadOnlyList<HistoryEvent> happened)
        {
            code ??= Start();
            turnContext.Drain();
            var told = 0;
            foreach (var input in happened)
            {
                if (code.IsCompleted || input is ExecutionTerminated or ExecutionBroken) break;
                told++;
                if (input is ExecutionSuspended) suspended = true;
                else if (input is ExecutionResumed) suspended = false;
                else held.Enqueue(input);
                while (!suspended && !code.IsCompleted && held.TryDequeue(out var next))
                {
                    context.Apply(next);
                    turnContext.Drain();
                }
            }

            return told;
        }

        Task<object?> Start()
        {
            Task<object?> started;
            try
            {
                started = handler(context);
            }
            catch (Exception e)
            {
                // A handler that is not async throws directly; it is the orchestrator's failure all the same.
                started = Task.FromException<object?>(e);
            }

            started.ContinueWith(
                _ => endedElsewhere = Environment.CurrentManagedThreadId != thread,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            return started;
        }

        foreach (var turn in instance.Turns!)
        {
            context.BeginTurn(turn.At, turn.Decisions);
            Play(turn.Inputs);
            context.EndPastTurn();
            if (context.BrokenBy is { } broken) return Broken(broken.Message, now, inputs, context);
            if (code is { IsCompleted: true })
            {
                return Broken(
                    $"Orchestrator '{instance.Name}' is not deterministic, or its code was changed while this instance was running: " +
                    "it now ends at a step after which the history goes on.", now, inputs, context);
            }
        }

        now = instance.Turns.Count > 0 && instance.Turns[^1].At > now ? instance.Turns[^1].At : now;
        context.BeginTurn(now, null);
        var toldInputs = Play(inputs);

        if (context.BrokenBy is { } brokenNow) return Broken(brokenNow.Message, now, inputs, context);
        if (inputs.OfType<ExecutionBroken>().FirstOrDefault() is { } reported) return Broken(reported.Reason, now, inputs, context);
        if (foreign() || endedElsewhere) return Broken(AwaitsForeign(instance.Name), now, inputs, context);

        var done = new Turn(now, inputs, [.. context.Decisions]);
        if (code is { IsCompleted: true })
        {
            if (code.IsCompletedSuccessfully && context.NewBeginning is { } beginning)
            {
                var carried = context.PreservesEvents
                    ? (IReadOnlyList<EventRaised>)[.. context.UnconsumedEvents(), .. held.Concat(inputs.Skip(toldInputs)).OfType<EventRaised>()]
                    : [];
                return new TurnOutcome(done, OrchestrationRuntimeStatus.Running, context.CustomStatus, null, null)
                {
                    ContinuedAs = beginning with { Events = carried },
                };
            }

            if (code.IsCompletedSuccessfully)
            {
                return new TurnOutcome(done, OrchestrationRuntimeStatus.Completed, context.CustomStatus, converter.Serialize(code.Result), null);
            }

            var exception = code.Exception?.InnerException ?? new TaskCanceledException(code);
            return new TurnOutcome(done, OrchestrationRuntimeStatus.Failed, context.CustomStatus, null, Failure.From(exception));
        }

        if (inputs.OfType<ExecutionTerminated>().FirstOrDefault() is { } terminated)
        {
            return new TurnOutcome(done with { Decisions = [] }, OrchestrationRuntimeStatus.Terminated, context.CustomStatus, terminated.Output, null);
        }

        if (!suspended && !context.WaitsForSomething) return Broken(AwaitsForeign(instance.Name), now, inputs, context);
        var status = suspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running;
        return new TurnOutcome(done, status, context.CustomStatus, null, null);
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
