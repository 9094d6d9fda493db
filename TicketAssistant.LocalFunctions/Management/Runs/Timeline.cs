using TicketAssistant.LocalFunctions.Durable;

namespace TicketAssistant.LocalFunctions.Management.Runs;

/// <summary>
/// A run's history as bars. A step begins with the turn that decided it and ends with the turn that was told what came of
/// it; both times are in the history, so the same picture comes out whenever it is drawn.
/// </summary>
internal sealed class Timeline
{
    private readonly List<RunStep> _steps = [];
    private readonly List<StepPayload> _payloads = [];
    private readonly Dictionary<int, int> _byDecision = [];
    private readonly Dictionary<int, int> _attempts = [];
    private readonly Dictionary<int, int> _byWait = [];
    private int? _suspension;

    private Timeline()
    {
    }

    /// <summary>The bars, in the order in which they began.</summary>
    public IReadOnlyList<RunStep> Steps => _steps;

    /// <summary>What went into each step and what came out, by number.</summary>
    public IReadOnlyList<StepPayload> Payloads => _payloads;

    public static Timeline Of(InstanceHistory history)
    {
        var timeline = new Timeline();
        foreach (var turn in history.Turns)
        {
            foreach (var input in turn.Inputs) timeline.Tell(input, turn.At);
            foreach (var decision in turn.Decisions) timeline.Decide(decision, turn.At);
            foreach (var wait in turn.Waits ?? []) timeline.Wait(wait, turn.At);
        }

        if (DurableStore.IsFinished(history.Row.Status)) timeline.End(history.Row.UpdatedAt);
        return timeline;
    }

    private void Decide(Decision decision, DateTime at)
    {
        _byDecision[decision.Id] = _steps.Count;
        switch (decision)
        {
            case TaskScheduled e:
                Add(RunStepKind.Activity, e.Name, at, e.Input);
                Count(e);
                break;
            case SubOrchestrationCreated e:
                Add(RunStepKind.Orchestration, e.Name, at, e.Input);
                _steps[^1] = _steps[^1] with { InstanceId = e.InstanceId };
                Count(e);
                break;
            case TimerCreated e:
                var retried = e.RetryOf is { } first && _byDecision.TryGetValue(first, out var step) ? _steps[step].Name : null;
                Add(retried is null ? RunStepKind.Timer : RunStepKind.RetryWait, retried ?? "Timer", at, null);
                _steps[^1] = _steps[^1] with { FireAt = e.FireAt };
                break;
            case EventSent e:
                Add(RunStepKind.Sent, e.Name, at, e.Data);
                _steps[^1] = _steps[^1] with { InstanceId = e.InstanceId, To = at, State = RunStepState.Completed };
                break;
        }
    }

    private void Tell(HistoryEvent happened, DateTime at)
    {
        switch (happened)
        {
            case TaskCompleted e:
                Close(e.Id, at, RunStepState.Completed, e.Result, null);
                break;
            case SubOrchestrationCompleted e:
                Close(e.Id, at, RunStepState.Completed, e.Result, null);
                break;
            case TimerFired e:
                Close(e.Id, at, RunStepState.Completed, null, null);
                break;
            case TaskFailed e:
                Close(e.Id, at, RunStepState.Failed, null, e.Failure);
                break;
            case SubOrchestrationFailed e:
                Close(e.Id, at, RunStepState.Failed, null, e.Failure);
                break;
            case EventRaised e:
                Add(RunStepKind.Event, e.Name, at, e.Data);
                _steps[^1] = _steps[^1] with { To = at, State = RunStepState.Completed };
                break;
            case ExecutionSuspended e when _suspension is null:
                _suspension = _steps.Count;
                Add(RunStepKind.Suspension, "Suspended", at, null);
                _steps[^1] = _steps[^1] with { Note = e.Reason };
                break;
            case ExecutionResumed when _suspension is { } suspended:
                _steps[suspended] = _steps[suspended] with { To = at, State = RunStepState.Completed };
                _suspension = null;
                break;
        }
    }

    private void Wait(EventWait wait, DateTime at)
    {
        if (wait.Name is { } name)
        {
            _byWait[wait.Id] = _steps.Count;
            Add(RunStepKind.EventWait, name, at, null);
        }
        else if (_byWait.TryGetValue(wait.Id, out var step))
        {
            _steps[step] = _steps[step] with { To = at, State = wait.GivenUp ? RunStepState.Abandoned : RunStepState.Completed };
        }
    }

    private void End(DateTime at)
    {
        for (var i = 0; i < _steps.Count; i++)
        {
            if (_steps[i].State == RunStepState.Open) _steps[i] = _steps[i] with { To = at, State = RunStepState.Abandoned };
        }
    }

    private void Add(RunStepKind kind, string name, DateTime at, string? input)
    {
        _steps.Add(new RunStep(_steps.Count, kind, name, at));
        _payloads.Add(new StepPayload(input, null, null));
    }

    /// <summary>Numbers the attempts of a step that is being retried, the first of them in hindsight.</summary>
    private void Count(Decision decision)
    {
        if (decision.RetryOf is not { } first || !_byDecision.TryGetValue(first, out var firstStep)) return;
        var count = _attempts.GetValueOrDefault(first, 1) + 1;
        _attempts[first] = count;
        _steps[firstStep] = _steps[firstStep] with { Attempt = 1 };
        _steps[^1] = _steps[^1] with { Attempt = count };
    }

    private void Close(int decision, DateTime at, RunStepState state, string? output, Failure? failure)
    {
        if (!_byDecision.TryGetValue(decision, out var step)) return;
        _steps[step] = _steps[step] with { To = at, State = state, Note = failure?.Message };
        _payloads[step] = _payloads[step] with { Output = output, Error = failure };
    }
}
