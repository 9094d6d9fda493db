using Microsoft.DurableTask.Client;
using TicketAssistant.LocalFunctions.Durable;
using TicketAssistant.LocalFunctions.Management.Runs;
using Xunit;

namespace TicketAssistant.Tests.Management.Runs;

public sealed class TimelineTests
{
    private static readonly DateTime s_start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly Failure s_failure = new("System.Exception", "no", null, null);

    [Fact]
    public void A_step_lasts_from_the_turn_that_asked_to_the_turn_that_was_told()
    {
        var steps = Steps(
            OrchestrationRuntimeStatus.Completed,
            Turn(1, [], [new TaskScheduled(0, "A", "1")]),
            Turn(4, [new TaskCompleted(0, "2")], []));

        var step = Assert.Single(steps);
        Assert.Equal((s_start.AddSeconds(1), s_start.AddSeconds(4), RunStepState.Completed, null), (step.From, step.To, step.State, step.Attempt));
    }

    [Fact]
    public void Attempts_are_numbered_and_waits_between_them_told_from_others()
    {
        var steps = Steps(
            OrchestrationRuntimeStatus.Running,
            Turn(0, [], [new TaskScheduled(0, "A", null), new TaskScheduled(1, "A", null), new TimerCreated(2, s_start.AddHours(1))]),
            Turn(1, [new TaskFailed(0, s_failure)], [new TimerCreated(3, s_start.AddSeconds(2)) { RetryOf = 0 }]),
            Turn(2, [new TimerFired(3)], [new TaskScheduled(4, "A", null) { RetryOf = 0 }]),
            Turn(3, [new TaskFailed(4, s_failure)], [new TaskScheduled(5, "A", null) { RetryOf = 0 }]));

        Assert.Equal(
            [
                (RunStepKind.Activity, "A", (int?)1, RunStepState.Failed),
                (RunStepKind.Activity, "A", null, RunStepState.Open),
                (RunStepKind.Timer, "Timer", null, RunStepState.Open),
                (RunStepKind.RetryWait, "A", null, RunStepState.Completed),
                (RunStepKind.Activity, "A", 2, RunStepState.Failed),
                (RunStepKind.Activity, "A", 3, RunStepState.Open),
            ],
            steps.Select(s => (s.Kind, s.Name, s.Attempt, s.State)));
        Assert.Equal(Enumerable.Range(0, 6), steps.Select(s => s.Number));
    }

    [Fact]
    public void What_is_open_when_the_run_ends_is_abandoned_then()
    {
        var step = Assert.Single(Steps(OrchestrationRuntimeStatus.Terminated, Turn(0, [], [new TimerCreated(0, s_start.AddDays(1))])));

        Assert.Equal((RunStepState.Abandoned, s_start.AddMinutes(1)), (step.State, step.To));
    }

    [Fact]
    public void A_suspension_lasts_until_the_run_is_resumed()
    {
        var step = Assert.Single(Steps(
            OrchestrationRuntimeStatus.Running,
            Turn(1, [new ExecutionSuspended("lunch")], []),
            Turn(2, [new ExecutionSuspended("again")], []),
            Turn(3, [new ExecutionResumed(null)], [])));

        Assert.Equal((RunStepKind.Suspension, "lunch", s_start.AddSeconds(1), (DateTime?)s_start.AddSeconds(3)), (step.Kind, step.Note, step.From, step.To));
    }

    [Fact]
    public void Sub_orchestrations_and_sent_events_name_the_other_instance()
    {
        var steps = Steps(
            OrchestrationRuntimeStatus.Running,
            Turn(0, [new EventRaised("hi", "1")], [new SubOrchestrationCreated(0, "c", "Child", null, null), new EventSent(1, "d", "ping", null)]));

        Assert.Equal(
            [(RunStepKind.Event, null), (RunStepKind.Orchestration, "c"), (RunStepKind.Sent, "d")],
            steps.Select(s => (s.Kind, s.InstanceId)));
    }

    [Fact]
    public void A_wait_for_an_event_lasts_until_the_event_or_until_it_is_given_up()
    {
        var steps = Steps(
            OrchestrationRuntimeStatus.Running,
            Turn(1, [], []) with { Waits = [new EventWait(0, "go"), new EventWait(1, "stop"), new EventWait(2, "later")] },
            Turn(4, [new EventRaised("go", "1")], []) with { Waits = [new EventWait(0, null), new EventWait(1, null) { GivenUp = true }] });

        Assert.Equal(
            [
                (RunStepKind.EventWait, "go", (DateTime?)s_start.AddSeconds(4), RunStepState.Completed),
                (RunStepKind.EventWait, "stop", s_start.AddSeconds(4), RunStepState.Abandoned),
                (RunStepKind.EventWait, "later", null, RunStepState.Open),
                (RunStepKind.Event, "go", s_start.AddSeconds(4), RunStepState.Completed),
            ],
            steps.Select(s => (s.Kind, s.Name, s.To, s.State)));
    }

    private static Turn Turn(int second, HistoryEvent[] inputs, Decision[] decisions) => new(s_start.AddSeconds(second), inputs, decisions);

    private static IReadOnlyList<RunStep> Steps(OrchestrationRuntimeStatus status, params Turn[] turns) => Timeline.Of(new InstanceHistory(
        new InstanceRow(1, "i", "O", status, s_start, s_start.AddMinutes(1), null, null, null, null, null, null), null, 0, null, turns)).Steps;
}
