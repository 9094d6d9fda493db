extern alias runtime;

using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using runtime::TicketAssistant.LocalFunctions.Durable;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

public sealed class EngineTests : IAsyncDisposable
{
    private readonly EngineHarness _harness = new();

    [Fact]
    public async Task Activities_run_in_order_and_their_results_come_back()
    {
        _harness.Activity<int>("Double", x => x * 2)
            .Orchestrator("Chain", async c =>
            {
                var x = c.GetInput<int>();
                for (var i = 0; i < 5; i++) x = await c.CallActivityAsync<int>("Double", x);
                return x;
            }).Start();

        var end = await _harness.RunAsync("Chain", 1);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(32, end.ReadOutputAs<int>());
        Assert.Equal(1, end.ReadInputAs<int>());
    }

    [Fact]
    public async Task A_fan_out_runs_every_activity_once_and_gathers_all_results()
    {
        var runs = 0;
        _harness.Activity<int>("Square", x => { Interlocked.Increment(ref runs); return x * x; })
            .Orchestrator("FanOut", async c =>
                (await Task.WhenAll(Enumerable.Range(0, 200).Select(i => c.CallActivityAsync<int>("Square", i)))).Sum()).Start();

        var end = await _harness.RunAsync("FanOut");

        Assert.Equal(Enumerable.Range(0, 200).Sum(i => i * i), end.ReadOutputAs<int>());
        Assert.Equal(200, runs);
    }

    [Fact]
    public async Task A_failed_activity_reaches_the_orchestrator_with_its_details()
    {
        _harness.Activity<string>("Boom", _ => throw new InvalidOperationException("no luck", new FormatException("inner")))
            .Orchestrator("Catch", async c =>
            {
                try
                {
                    return await c.CallActivityAsync<string>("Boom", "x");
                }
                catch (TaskFailedException e)
                {
                    return $"{e.TaskName}|{e.FailureDetails.ErrorType}|{e.FailureDetails.ErrorMessage}|{e.FailureDetails.InnerFailure?.ErrorType}|{e.FailureDetails.IsCausedBy<InvalidOperationException>()}";
                }
            }).Start();

        var end = await _harness.RunAsync("Catch");

        Assert.Equal("Boom|System.InvalidOperationException|no luck|System.FormatException|True", end.ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_uncaught_failure_fails_the_orchestration_and_names_the_activity()
    {
        _harness.Activity<string>("Boom", _ => throw new InvalidOperationException("no luck"))
            .Orchestrator("Fails", async c => await c.CallActivityAsync<string>("Boom")).Start();

        var end = await _harness.RunAsync("Fails");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("Boom", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("no luck", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_activity_is_a_failure_that_names_it()
    {
        _harness.Orchestrator("Calls", async c => await c.CallActivityAsync<string>("Nowhere")).Start();

        var end = await _harness.RunAsync("Calls");

        Assert.Contains("Nowhere", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_orchestrator_cannot_be_scheduled()
    {
        _harness.Start();
        var e = await Assert.ThrowsAsync<ArgumentException>(() => _harness.Client.ScheduleNewOrchestrationInstanceAsync("Nowhere"));
        Assert.Contains("Nowhere", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Retries_follow_the_policy_until_one_succeeds()
    {
        var runs = 0;
        _harness.Activity<int>("Flaky", _ => ++runs < 3 ? throw new TimeoutException("later") : runs)
            .Orchestrator("Retry", async c => await c.CallActivityAsync<int>("Flaky", 0,
                TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromMilliseconds(5), 2)))).Start();

        var end = await _harness.RunAsync("Retry");

        Assert.Equal(3, end.ReadOutputAs<int>());
        Assert.Equal(3, runs);
    }

    [Fact]
    public async Task Retries_end_when_the_attempts_are_used_up()
    {
        var runs = 0;
        _harness.Activity<int>("Never", _ => { runs++; throw new TimeoutException("later"); })
            .Orchestrator("Retry", async c => await c.CallActivityAsync<int>("Never", 0,
                TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(5))))).Start();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await _harness.RunAsync("Retry")).RuntimeStatus);
        Assert.Equal(3, runs);
    }

    [Fact]
    public async Task HandleFailure_decides_which_failures_are_retried()
    {
        var runs = 0;
        _harness.Activity<int>("Final", _ => { runs++; throw new NotSupportedException("never"); })
            .Orchestrator("Retry", async c => await c.CallActivityAsync<int>("Final", 0,
                TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromMilliseconds(5))
                {
                    HandleFailure = f => !f.IsCausedBy<NotSupportedException>(),
                }))).Start();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await _harness.RunAsync("Retry")).RuntimeStatus);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_retry_handler_sees_each_attempt_and_decides()
    {
        var runs = 0;
        var seen = new List<int>();
        _harness.Activity<int>("Never", _ => { runs++; throw new TimeoutException("later"); })
            .Orchestrator("Retry", async c => await c.CallActivityAsync<int>("Never", 0, TaskOptions.FromRetryHandler(r =>
            {
                if (!r.OrchestrationContext.IsReplaying) seen.Add(r.LastAttemptNumber);
                return r.LastAttemptNumber < 3;
            }))).Start();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await _harness.RunAsync("Retry")).RuntimeStatus);
        Assert.Equal(3, runs);
        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public async Task Events_raised_before_the_wait_are_kept_in_order()
    {
        _harness.Activity<int>("Wait", async _ => { await Task.Delay(50); return 0; })
            .Orchestrator("Events", async c =>
            {
                await c.CallActivityAsync<int>("Wait", 0);
                return $"{await c.WaitForExternalEvent<string>("go")}{await c.WaitForExternalEvent<string>("GO")}{await c.WaitForExternalEvent<string>("go")}";
            }).Start();
        var id = await _harness.Client.ScheduleNewOrchestrationInstanceAsync("Events");

        foreach (var letter in "abc") await _harness.Client.RaiseEventAsync(id, "go", letter.ToString());

        Assert.Equal("abc", (await _harness.EndOf(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_for_an_unknown_instance_is_refused()
    {
        _harness.Start();
        await Assert.ThrowsAsync<ArgumentException>(() => _harness.Client.RaiseEventAsync("nobody", "go", 1));
    }

    [Fact]
    public async Task The_custom_status_is_seen_while_it_runs_and_afterwards()
    {
        _harness.Orchestrator("Status", async c =>
        {
            c.SetCustomStatus(new { step = "waiting" });
            await c.WaitForExternalEvent<int>("go");
            c.SetCustomStatus("done");
            return null;
        }).Start();
        var id = await _harness.Client.ScheduleNewOrchestrationInstanceAsync("Status");
        await _harness.Client.WaitForInstanceStartAsync(id);

        var during = await _harness.Client.GetInstanceAsync(id, true);
        var without = await _harness.Client.GetInstanceAsync(id);
        await _harness.Client.RaiseEventAsync(id, "go", 1);
        var after = await _harness.EndOf(id);

        Assert.Equal(OrchestrationRuntimeStatus.Running, during!.RuntimeStatus);
        Assert.Contains("waiting", during.SerializedCustomStatus!, StringComparison.Ordinal);
        Assert.Null(without!.SerializedCustomStatus);
        Assert.Equal("done", after.ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task A_terminated_orchestration_ends_with_the_given_output()
    {
        _harness.Orchestrator("Waits", async c => await c.WaitForExternalEvent<string>("never")).Start();
        var id = await _harness.Client.ScheduleNewOrchestrationInstanceAsync("Waits");

        await _harness.Client.TerminateInstanceAsync(id, new TerminateInstanceOptions("enough"));

        var end = await _harness.EndOf(id);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, end.RuntimeStatus);
        Assert.Equal("enough", end.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Purge_removes_a_finished_instance_and_leaves_a_running_one()
    {
        _harness.Orchestrator("Waits", async c => await c.WaitForExternalEvent<string>("go")).Start();
        var id = await _harness.Client.ScheduleNewOrchestrationInstanceAsync("Waits");

        Assert.Equal(0, (await _harness.Client.PurgeInstanceAsync(id)).PurgedInstanceCount);
        await _harness.Client.RaiseEventAsync(id, "go", "x");
        await _harness.EndOf(id);

        Assert.Equal(1, (await _harness.Client.PurgeInstanceAsync(id)).PurgedInstanceCount);
        Assert.Null(await _harness.Client.GetInstanceAsync(id));
    }

    [Theory]
    [InlineData(false, OrchestrationRuntimeStatus.Running)]
    [InlineData(true, OrchestrationRuntimeStatus.Completed)]
    public async Task A_dedupe_status_keeps_the_instance_that_is_there(bool finished, OrchestrationRuntimeStatus status)
    {
        _harness.Orchestrator("Waits", async c => await c.WaitForExternalEvent<string>("go")).Start();
        await _harness.Client.ScheduleNewOrchestrationInstanceAsync("Waits", 1, new StartOrchestrationOptions("one"));
        await _harness.Client.WaitForInstanceStartAsync("one");
        if (finished)
        {
            await _harness.Client.RaiseEventAsync("one", "go", "x");
            await _harness.EndOf("one");
        }

        var options = new StartOrchestrationOptions("one").WithDedupeStatuses(status);
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => _harness.Client.ScheduleNewOrchestrationInstanceAsync("Waits", 2, options));

        Assert.Equal(1, (await _harness.Client.GetInstanceAsync("one", true))!.ReadInputAs<int>());
    }

    [Fact]
    public async Task Without_a_dedupe_status_a_second_start_replaces_the_first()
    {
        _harness.Orchestrator("Waits", async c => $"{c.GetInput<int>()}{await c.WaitForExternalEvent<string>("go")}").Start();
        await _harness.Client.ScheduleNewOrchestrationInstanceAsync("Waits", 1, new StartOrchestrationOptions("one"));
        await _harness.Client.WaitForInstanceStartAsync("one");

        await _harness.Client.ScheduleNewOrchestrationInstanceAsync("Waits", 2, new StartOrchestrationOptions("one"));
        await _harness.Client.RaiseEventAsync("one", "go", "x");

        Assert.Equal("2x", (await _harness.EndOf("one")).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_turn_during_which_its_instance_was_replaced_brings_nothing_about(bool continuesAsNew)
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var leave = new ManualResetEventSlim();
        _harness.Orchestrator("Receiver", async c => await c.WaitForExternalEvent<string>("hello"))
            .Orchestrator("Replaced", async c =>
            {
                if (c.GetInput<string>() == "new") return "new";
                await c.WaitForExternalEvent<string>("go");
                entered.SetResult();
                leave.Wait();
                c.SendEvent("receiver", "hello", "late");
                if (continuesAsNew) c.ContinueAsNew("old");
                else await c.WaitForExternalEvent<string>("never");
                return null;
            }).Start();
        await _harness.BeginAsync("Receiver", id: "receiver");
        await _harness.BeginAsync("Replaced", "old", "one");
        await _harness.Client.RaiseEventAsync("one", "go", "x");
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(10));

        await _harness.RunAsync("Replaced", "new", "one");
        leave.Set();
        await _harness.RestartAsync();

        var receiver = _harness.Engine.Store.Find("receiver")!;
        Assert.Empty(_harness.Engine.Store.LoadInbox(receiver.Key));
        Assert.Single(_harness.Engine.Store.Load(receiver.Key).Turns);
        Assert.Equal("new", (await _harness.EndOf("one")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Who_waits_for_the_end_of_one_that_is_replaced_waits_for_the_end_of_the_new_one()
    {
        _harness.Orchestrator("Waits", async c => $"{c.GetInput<int>()}{await c.WaitForExternalEvent<string>("go")}").Start();
        await _harness.BeginAsync("Waits", 1, "one");
        var end = _harness.EndOf("one");

        await _harness.BeginAsync("Waits", 2, "one");
        Assert.False(end.IsCompleted);
        await _harness.Client.RaiseEventAsync("one", "go", "x");

        Assert.Equal("2x", (await end).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_child_that_was_replaced_before_it_was_set_going_leaves_its_id_to_the_new_one(bool ended)
    {
        var ran = new ConcurrentQueue<string>();
        _harness.Orchestrator("Child", async c =>
            {
                var input = c.GetInput<string>()!;
                ran.Enqueue(input);
                if (!ended) await c.WaitForExternalEvent<string>("go");
                return input;
            })
            .Orchestrator("Parent", async c => await c.CallSubOrchestratorAsync<string>("Child", "old", new SubOrchestrationOptions(instanceId: "one"))).Start();
        using var between = OnceCounted("durable.orchestrations.started", async () =>
        {
            await _harness.BeginAsync("Child", "new", "one");
            if (ended) await _harness.EndOf("one");
        });

        var parent = await _harness.BeginAsync("Parent");
        await _harness.Client.RaiseEventAsync(parent, "unheard");
        await _harness.UntilTurns(parent, 2);
        if (!ended) await _harness.Client.RaiseEventAsync("one", "go", "x");

        Assert.Equal("new", (await _harness.EndOf("one")).ReadOutputAs<string>());
        await _harness.StopAsync();
        if (!ended) Assert.DoesNotContain("old", ran);
    }

    [Fact]
    public async Task A_child_hears_what_it_is_told_before_it_is_set_going()
    {
        _harness.Orchestrator("Child", async c => await c.WaitForExternalEvent<string>("go"))
            .Orchestrator("Parent", async c => await c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child"))).Start();
        using var between = OnceCounted("durable.orchestrations.started", () => _harness.Client.RaiseEventAsync("child", "go", "early"));

        Assert.Equal("early", (await _harness.RunAsync("Parent")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task One_that_is_rewound_in_the_moment_it_fails_runs_on()
    {
        var works = false;
        _harness.Orchestrator("Fails", _ => works ? Task.FromResult<object?>("mended") : throw new InvalidOperationException("bad")).Start();
        var rewound = new TaskCompletionSource();
        using var between = OnceCounted("durable.orchestrations.failed", async () =>
        {
            works = true;
            await _harness.Client.RewindInstanceAsync("one", "mended");
            rewound.SetResult();
        });

        await _harness.BeginAsync("Fails", id: "one");
        await rewound.Task.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal("mended", (await _harness.EndOf("one")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task One_that_has_ended_is_not_run_again_by_a_timer_that_it_left_behind()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var harness = new EngineHarness { Time = time };
        var runs = 0;
        harness.Orchestrator("Leaves", async c =>
        {
            Interlocked.Increment(ref runs);
            _ = c.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return await c.WaitForExternalEvent<string>("go");
        }).Start();
        var id = await harness.BeginAsync("Leaves");
        await harness.Client.RaiseEventAsync(id, "go", "x");
        await harness.EndOf(id);

        time.Advance(TimeSpan.FromHours(2));
        await harness.StopAsync();

        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task Whether_somebody_was_told_is_said()
    {
        _harness.Orchestrator("Waits", async c => await c.WaitForExternalEvent<string>("go")).Start();
        var id = await _harness.BeginAsync("Waits");
        var go = new EventRaised("go", "\"x\"");

        Assert.False(await _harness.Engine.PostAsync("nobody", go));
        Assert.True(await _harness.Engine.PostAsync(id, go));
        await _harness.EndOf(id);
        Assert.False(await _harness.Engine.PostAsync(id, go));
    }

    [Fact]
    public async Task Of_many_starts_of_one_id_at_once_exactly_one_wins()
    {
        _harness.Orchestrator("Echo", c => Task.FromResult<object?>(c.GetInput<int>())).Start();
        OrchestrationRuntimeStatus[] all = [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Completed];

        var starts = await Task.WhenAll(Enumerable.Range(0, 32).Select(async i =>
        {
            try
            {
                await _harness.Client.ScheduleNewOrchestrationInstanceAsync("Echo", i, new StartOrchestrationOptions("one").WithDedupeStatuses(all));
                return true;
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return false;
            }
        }));

        Assert.Equal(1, starts.Count(won => won));
    }

    [Fact]
    public async Task NewGuid_and_time_are_the_same_in_every_replay()
    {
        var seen = new System.Collections.Concurrent.ConcurrentBag<string>();
        _harness.Activity<int>("Nothing", _ => 0)
            .Orchestrator("Replays", async c =>
            {
                seen.Add($"{c.NewGuid()} {c.NewGuid()} {c.CurrentUtcDateTime:o}");
                await c.CallActivityAsync<int>("Nothing", 0);
                await c.CallActivityAsync<int>("Nothing", 0);
                return null;
            }).Start();

        await _harness.RunAsync("Replays");

        Assert.Equal(3, seen.Count);
        Assert.Single(seen.Distinct());
        var guids = seen.First().Split(' ');
        Assert.NotEqual(guids[0], guids[1]);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    /// <summary>Has something happen when the counter first counts: the turn is on disk then, and what it brings about still to be set going.</summary>
    private MeterListener OnceCounted(string counter, Func<Task> happens)
    {
        var counted = 0;
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter == _harness.Engine.Meter && instrument.Name == counter) l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) =>
        {
            if (Interlocked.Exchange(ref counted, 1) == 0) Assert.True(Task.Run(happens).Wait(TimeSpan.FromSeconds(20)));
        });
        listener.Start();
        return listener;
    }
}
