using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TicketAssistant.LocalFunctions.Durable;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Telemetry;

/// <summary>What one start sets going is one trace, over turns, activities, sub-orchestrations and restarts.</summary>
public sealed class EngineTraceTests : IDisposable
{
    private static readonly ActivitySource s_callers = new("EngineTraceTests");

    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public EngineTraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is EngineTelemetry.Name or "EngineTraceTests",
            Sample = (ref ActivityCreationOptions<System.Diagnostics.ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task Turns_are_children_of_the_start_and_activities_of_the_turn_that_called_them()
    {
        await using var engine = Engine().Start();
        using var caller = Caller();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("TwoSteps");
        caller.Stop();
        await engine.EndOf(id);

        var spans = Of(caller.TraceId);
        Assert.Equal(
            ["orchestration:TwoSteps", "activity:Step", "orchestration:TwoSteps", "activity:Step", "orchestration:TwoSteps"],
            spans.Select(span => span.OperationName));
        Assert.All(Turns(spans), turn => Assert.Equal(caller.SpanId, turn.ParentSpanId));
        Assert.Equal(spans[0].SpanId, spans[1].ParentSpanId);
        Assert.Equal(spans[2].SpanId, spans[3].ParentSpanId);
        Assert.All(spans, span => Assert.Equal("vendor=1", span.TraceStateString));
    }

    [Fact]
    public async Task A_sub_orchestration_is_a_child_of_the_turn_that_started_it()
    {
        await using var engine = Engine().Start();
        using var caller = Caller();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Parent");
        caller.Stop();
        await engine.EndOf(id);

        var spans = Of(caller.TraceId);
        var first = spans.First(span => span.OperationName == "orchestration:Parent");
        Assert.All(spans.Where(span => span.OperationName == "orchestration:TwoSteps"), turn => Assert.Equal(first.SpanId, turn.ParentSpanId));
        Assert.Equal(3, spans.Count(span => span.OperationName == "orchestration:TwoSteps"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task The_trace_goes_on_after_a_restart(bool keepsCode)
    {
        await using var engine = Engine(keepsCode).Start();
        using var caller = Caller();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("WaitsThenSteps");
        caller.Stop();
        await engine.UntilTurns(id, 1);

        await engine.RestartAsync();
        await engine.Client.RaiseEventAsync(id, "go");
        await engine.EndOf(id);

        var spans = Of(caller.TraceId);
        Assert.Equal(
            ["orchestration:WaitsThenSteps", "orchestration:WaitsThenSteps", "activity:Step", "orchestration:WaitsThenSteps"],
            spans.Select(span => span.OperationName));
        Assert.All(Turns(spans), turn => Assert.Equal(caller.SpanId, turn.ParentSpanId));
        Assert.All(spans, span => Assert.Equal("vendor=1", span.TraceStateString));
    }

    [Fact]
    public async Task An_activity_that_a_stop_has_cut_short_runs_again_under_the_turn_that_called_it()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var attempts = 0;
        var harness = new EngineHarness { StopTimeout = TimeSpan.FromMilliseconds(50) }
            .Orchestrator("Slow", async context => await context.CallActivityAsync<string>("Blocks"))
            .Activity<string>("Blocks", async _ =>
            {
                begun.TrySetResult();
                if (Interlocked.Increment(ref attempts) == 1) await Task.Delay(Timeout.Infinite);
                return "done";
            });
        await using var engine = harness.Start();
        using var caller = Caller();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("Slow");
        caller.Stop();
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(10));

        await engine.StopAsync();
        engine.Start();
        await engine.EndOf(id);

        var spans = Of(caller.TraceId);
        var turn = spans[0];
        Assert.Equal("orchestration:Slow", turn.OperationName);
        var activity = Assert.Single(spans, span => span.OperationName == "activity:Blocks" && Equals(span.GetTagItem("durable.activity.outcome"), "succeeded"));
        Assert.Equal(turn.SpanId, activity.ParentSpanId);
    }

    [Fact]
    public async Task An_orchestration_that_nothing_else_set_going_stands_under_its_own_first_turn()
    {
        await using var engine = Engine().Start();
        Activity.Current = null;
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("TwoSteps");
        await engine.EndOf(id);

        var spans = _spans.Where(span => Equals(span.GetTagItem("durabletask.task.instance_id"), id)).OrderBy(span => span.StartTimeUtc).ToList();
        Assert.Equal(5, spans.Count);
        Assert.Equal(default, spans[0].ParentSpanId);
        Assert.All(spans, span => Assert.Equal(spans[0].TraceId, span.TraceId));
        Assert.All(Turns(spans).Skip(1), turn => Assert.Equal(spans[0].SpanId, turn.ParentSpanId));
    }

    [Fact]
    public async Task What_the_caller_does_not_record_is_not_recorded()
    {
        await using var engine = Engine().Start();
        _listener.Dispose();
        var decided = new ConcurrentQueue<ActivityTraceFlags>();
        using var parentBased = new ActivityListener
        {
            ShouldListenTo = source => source.Name == EngineTelemetry.Name,
            Sample = (ref ActivityCreationOptions<System.Diagnostics.ActivityContext> options) =>
            {
                if (options.Parent.TraceState == "vendor=unrecorded") decided.Enqueue(options.Parent.TraceFlags);
                return ActivitySamplingResult.None;
            },
        };
        ActivitySource.AddActivityListener(parentBased);
        using var caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C);
        caller.TraceStateString = "vendor=unrecorded";
        caller.Start();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("TwoSteps");
        caller.Stop();
        await engine.EndOf(id);

        // Three turns and two activities, all of them told that the caller's span is not recorded.
        Assert.Equal(Enumerable.Repeat(ActivityTraceFlags.None, 5), decided);
    }

    [Fact]
    public async Task A_file_from_before_traces_is_brought_along_and_still_fits_the_version_that_wrote_it()
    {
        await using var engine = Engine().Start();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("WaitsThenSteps", null, new StartOrchestrationOptions("old"));
        await engine.UntilTurns("old", 1);
        await engine.StopAsync();
        using (var file = new SqliteConnection($"Data Source={engine.DatabasePath};Pooling=False"))
        {
            file.Open();
            using var command = file.CreateCommand();
            command.CommandText = "ALTER TABLE instances DROP COLUMN trace";
            command.ExecuteNonQuery();
        }

        engine.Start();
        await engine.Client.RaiseEventAsync("old", "go");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await engine.EndOf("old")).RuntimeStatus);
        using var caller = Caller();
        var id = await engine.Client.ScheduleNewOrchestrationInstanceAsync("TwoSteps");
        caller.Stop();
        await engine.EndOf(id);
        Assert.Equal(5, Of(caller.TraceId).Count);
        // As the earlier version writes: it names its columns.
        Assert.Contains(id, engine.Engine.Store.List(new InstanceFilter(), 0, 10, false).Select(row => row.Id));
    }

    private static EngineHarness Engine(bool keepsCode = false) => new EngineHarness { KeepsCode = keepsCode }
        .Orchestrator("TwoSteps", TwoSteps)
        .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<string>("TwoSteps"))
        .Orchestrator("WaitsThenSteps", async context =>
        {
            await context.WaitForExternalEvent<string>("go");
            return await context.CallActivityAsync<string>("Step");
        })
        .Activity<string>("Step", _ => "done");

    private static async Task<object?> TwoSteps(TaskOrchestrationContext context)
    {
        await context.CallActivityAsync<string>("Step");
        return await context.CallActivityAsync<string>("Step");
    }

    private static Activity Caller()
    {
        var caller = s_callers.CreateActivity("caller", ActivityKind.Server) ?? throw new InvalidOperationException("Nobody listens.");
        caller.TraceStateString = "vendor=1";
        return caller.Start();
    }

    private List<Activity> Of(ActivityTraceId trace) =>
        [.. _spans.Where(span => span.TraceId == trace && span.Source.Name == EngineTelemetry.Name).OrderBy(span => span.StartTimeUtc)];

    private static IEnumerable<Activity> Turns(IEnumerable<Activity> spans) => spans.Where(span => span.OperationName.StartsWith("orchestration:", StringComparison.Ordinal));
}
