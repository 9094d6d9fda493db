extern alias runtime;

using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

/// <summary>Rewind and restart of orchestrations that have ended.</summary>
public sealed class SemanticsRewind : IAsyncDisposable
{
    private readonly EngineHarness _harness = new();
    private readonly ConcurrentDictionary<string, int> _runs = new();
    private volatile bool _broken = true;

    public SemanticsRewind() => _harness
        .Activity<string>("Good", Count)
        .Activity<string>("Bad", x => { Count(x); return _broken ? throw new InvalidOperationException("broken") : x; });

    [Theory]
    [InlineData("chain")]
    [InlineData("fan-out")]
    [InlineData("fan-out with retries")]
    [InlineData("clean-up before the failure")]
    [InlineData("failure in a sub-orchestration")]
    [InlineData("thrown by the code itself")]
    public async Task A_failed_step_runs_again_and_what_had_succeeded_does_not(string shape)
    {
        var retry = new TaskOptions(new RetryPolicy(2, TimeSpan.FromMilliseconds(30)));
        _harness.Orchestrator("Lower", async c => $"{await Good(c, "low")} {await Bad(c, "b")}")
            .Orchestrator("Rewound", async c =>
            {
                var first = await Good(c, "first");
                switch (shape)
                {
                    case "chain":
                        return $"{first} {await Bad(c, "b")} {await Good(c, "last")}";
                    case "fan-out":
                        return string.Join(' ', await Task.WhenAll(Good(c, "x"), Bad(c, "b"), Good(c, "y"), Bad(c, "b2")));
                    case "fan-out with retries":
                        return string.Join(' ', await Task.WhenAll(Bad(c, "b"), c.CallActivityAsync<string>("Bad", "b2", retry)));
                    case "clean-up before the failure":
                        try
                        {
                            return await Bad(c, "b");
                        }
                        catch (TaskFailedException)
                        {
                            await c.CallActivityAsync("Good", "clean");
                            throw;
                        }

                    case "failure in a sub-orchestration":
                        return $"{first} {await c.CallSubOrchestratorAsync<string>("Lower")}";
                    default:
                        return _broken ? throw new FormatException("broken") : first;
                }
            }).Start();
        var id = (await _harness.RunAsync("Rewound")).InstanceId;

        // Once while it is still broken, once when it is mended.
        await _harness.Client.RewindInstanceAsync(id, "try");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await _harness.EndOf(id)).RuntimeStatus);
        var bad = _runs.GetValueOrDefault("b");
        _broken = false;
        await _harness.Client.RewindInstanceAsync(id, "mended");
        var end = await _harness.EndOf(id);

        Assert.Null(end.FailureDetails);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(shape == "thrown by the code itself" ? 0 : 2, bad);
        Assert.Equal(shape == "thrown by the code itself" ? 0 : 3, _runs.GetValueOrDefault("b"));
        Assert.All(["first", "x", "y", "low", "last"], step => Assert.True(_runs.GetValueOrDefault(step) <= 1, step));
    }

    [Fact]
    public async Task A_rewound_one_goes_on_after_a_restart()
    {
        _harness.Orchestrator("Rewound", async c => $"{await Good(c, "first")} {await Bad(c, "b")} {await c.WaitForExternalEvent<string>("go")}").Start();
        var id = (await _harness.RunAsync("Rewound")).InstanceId;
        _broken = false;

        await _harness.Client.RewindInstanceAsync(id, "mended");
        await _harness.UntilTurns(id, 3);
        await _harness.RestartAsync();
        await _harness.Client.RaiseEventAsync(id, "go", "x");

        Assert.Equal("first b x", (await _harness.EndOf(id)).ReadOutputAs<string>());
        Assert.Equal(1, _runs["first"]);
    }

    [Fact]
    public async Task A_terminated_child_begins_anew_when_its_parent_is_rewound()
    {
        _harness.Orchestrator("Child", async c => await c.WaitForExternalEvent<string>("go"))
            .Orchestrator("Rewound", async c => await c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child"))).Start();
        var id = await _harness.BeginAsync("Rewound");
        await _harness.UntilStatus("child", OrchestrationRuntimeStatus.Running);
        await _harness.Client.TerminateInstanceAsync("child");
        await _harness.EndOf(id);

        await _harness.Client.RewindInstanceAsync(id, "again");
        await _harness.UntilStatus("child", OrchestrationRuntimeStatus.Running);
        await _harness.Client.RaiseEventAsync("child", "go", "x");

        Assert.Equal("x", (await _harness.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(0, OrchestrationRuntimeStatus.Pending)]
    [InlineData(2, OrchestrationRuntimeStatus.Running)]
    public async Task The_turns_before_the_failure_stay_and_one_that_has_none_is_pending_again(int before, OrchestrationRuntimeStatus status)
    {
        _harness.Orchestrator("Rewound", async c =>
        {
            for (var i = 0; i < before; i++) await c.WaitForExternalEvent<int>("go");
            throw new FormatException("broken");
        }).Start();
        var id = await _harness.Client.ScheduleNewOrchestrationInstanceAsync("Rewound");
        for (var i = 0; i < before; i++)
        {
            await _harness.UntilTurns(id, i + 1);
            await _harness.Client.RaiseEventAsync(id, "go", i);
        }

        await _harness.EndOf(id);
        var at = DateTime.UtcNow.AddHours(1);
        Assert.Equal([id], await _harness.Engine.Store.RewindAsync(id, at));

        var history = _harness.Engine.Store.FindHistory(id)!;
        Assert.Equal(before, history.Turns.Count);
        Assert.Equal(status, history.Row.Status);
        Assert.Equal(at, history.Row.UpdatedAt);
        Assert.Null(history.Row.Failure);
    }

    [Fact]
    public async Task A_step_that_failed_before_the_one_that_ended_it_runs_again_too()
    {
        var late = new TaskCompletionSource();
        _harness.Activity<string>("Late", async x => { await late.Task; Count(x); return _broken ? throw new InvalidOperationException("late") : x; })
            .Orchestrator("Rewound", async c => string.Join(' ', await Task.WhenAll(c.CallActivityAsync<string>("Late", "a"), Bad(c, "b")))).Start();
        var id = await _harness.BeginAsync("Rewound");
        await _harness.UntilTurns(id, 2);
        late.SetResult();
        Assert.Contains("late", (await _harness.EndOf(id)).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        _broken = false;

        await _harness.Client.RewindInstanceAsync(id, "mended");

        Assert.Equal("a b", (await _harness.EndOf(id)).ReadOutputAs<string>());
        Assert.Equal((2, 2), (_runs["a"], _runs["b"]));
    }

    [Fact]
    public async Task A_failure_on_which_the_code_went_on_stays()
    {
        _harness.Orchestrator("Rewound", async c =>
        {
            try
            {
                return await Bad(c, "b");
            }
            catch (TaskFailedException)
            {
                await Good(c, "instead");
            }

            return _broken ? throw new FormatException("broken") : "went on";
        }).Start();
        var id = (await _harness.RunAsync("Rewound")).InstanceId;
        _broken = false;

        await _harness.Client.RewindInstanceAsync(id, "mended");

        Assert.Equal("went on", (await _harness.EndOf(id)).ReadOutputAs<string>());
        Assert.Equal((1, 1), (_runs["b"], _runs["instead"]));
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("runs again")]
    [InlineData("was purged")]
    public async Task A_failed_child_answers_its_rewound_parent_whatever_has_become_of_it_meanwhile(string meanwhile)
    {
        _harness.Orchestrator("Child", async c => $"{await Bad(c, "b")} {await c.WaitForExternalEvent<string>("go")}")
            .Orchestrator("Rewound", async c => await c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child"))).Start();
        var id = (await _harness.RunAsync("Rewound")).InstanceId;
        _broken = false;
        if (meanwhile == "was purged") await _harness.Client.PurgeInstanceAsync("child");
        else await _harness.Client.RewindInstanceAsync("child", "mended");
        if (meanwhile == "completed")
        {
            await _harness.Client.RaiseEventAsync("child", "go", "x");
            await _harness.EndOf("child");
        }

        await _harness.Client.RewindInstanceAsync(id, "mended");
        if (meanwhile != "completed") await _harness.Client.RaiseEventAsync("child", "go", "x");

        Assert.Equal("b x", (await _harness.EndOf(id)).ReadOutputAs<string>());
        Assert.Equal(2, _runs["b"]);
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("failed")]
    [InlineData("was purged")]
    [InlineData("runs on")]
    public async Task A_child_that_outlived_its_failed_parent_answers_it_when_it_is_rewound(string meanwhile)
    {
        _harness.Orchestrator("Child", async c =>
            {
                var go = await c.WaitForExternalEvent<string>("go");
                return _broken && meanwhile == "failed" ? throw new FormatException("broken") : go;
            })
            .Orchestrator("Rewound", async c =>
            {
                var child = c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child"));
                return $"{await Bad(c, "b")} {await child}";
            }).Start();
        var id = (await _harness.RunAsync("Rewound")).InstanceId;
        if (meanwhile != "runs on")
        {
            await _harness.Client.RaiseEventAsync("child", "go", "x");
            await _harness.EndOf("child");
        }

        if (meanwhile == "was purged") await _harness.Client.PurgeInstanceAsync("child");
        _broken = false;

        await _harness.Client.RewindInstanceAsync(id, "mended");
        if (meanwhile is "was purged" or "runs on") await _harness.Client.RaiseEventAsync("child", "go", "x");

        Assert.Equal("b x", (await _harness.EndOf(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_childs_answer_that_came_during_the_turn_that_failed_is_heard_once()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var leave = new ManualResetEventSlim();
        _harness.Orchestrator("Child", async c => await c.WaitForExternalEvent<string>("go"))
            .Orchestrator("Rewound", async c =>
            {
                var child = c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child"));
                await c.WaitForExternalEvent<string>("go");
                entered.TrySetResult();
                leave.Wait();
                return _broken ? throw new FormatException("broken") : await child;
            }).Start();
        var id = await _harness.BeginAsync("Rewound");
        await _harness.Client.RaiseEventAsync(id, "go", "x");
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await _harness.Client.RaiseEventAsync("child", "go", "x");
        await _harness.EndOf("child");
        leave.Set();
        await _harness.EndOf(id);
        await _harness.Client.PurgeInstanceAsync("child");
        _broken = false;

        await _harness.Client.RewindInstanceAsync(id, "mended");

        Assert.Equal("x", (await _harness.EndOf(id)).ReadOutputAs<string>());
        Assert.Null(await _harness.Client.GetInstanceAsync("child"));
    }

    [Fact]
    public async Task Only_a_failed_one_can_be_rewound()
    {
        _harness.Orchestrator("Echo", c => Task.FromResult<object?>("x")).Start();
        var id = (await _harness.RunAsync("Echo")).InstanceId;

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => _harness.Client.RewindInstanceAsync(id, "why"));

        Assert.Contains("Completed", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => _harness.Client.RewindInstanceAsync("nobody", "why"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_restart_runs_the_same_input_again_under_the_same_or_a_new_id(bool newId)
    {
        _harness.Orchestrator("Echo", async c => $"{await Good(c, c.GetInput<string>()!)} {c.Version}").Start();
        await _harness.Client.ScheduleNewOrchestrationInstanceAsync(
            "Echo", "in", new StartOrchestrationOptions("one") { Version = "3", Tags = new Dictionary<string, string> { ["a"] = "b" } });
        await _harness.EndOf("one");

        var id = await _harness.Client.RestartAsync("one", newId);
        var end = await _harness.EndOf(id);

        Assert.Equal(newId, id != "one");
        Assert.Equal("in 3", end.ReadOutputAs<string>());
        Assert.Equal("b", end.Tags["a"]);
        Assert.Equal(2, _runs["in"]);
        Assert.Equal(newId ? 2 : 1, await _harness.Client.GetAllInstancesAsync().CountAsync());
    }

    [Fact]
    public async Task A_running_one_cannot_be_restarted_under_its_own_id()
    {
        _harness.Orchestrator("Waits", async c => await c.WaitForExternalEvent<string>("go")).Start();
        await _harness.BeginAsync("Waits", id: "one");

        await Assert.ThrowsAsync<InvalidOperationException>(() => _harness.Client.RestartAsync("one"));
        Assert.NotEqual("one", await _harness.Client.RestartAsync("one", true));
        await Assert.ThrowsAsync<ArgumentException>(() => _harness.Client.RestartAsync("nobody"));
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static Task<string> Good(TaskOrchestrationContext c, string name) => c.CallActivityAsync<string>("Good", name);

    private static Task<string> Bad(TaskOrchestrationContext c, string name) => c.CallActivityAsync<string>("Bad", name);

    private object? Count(string? name)
    {
        _runs.AddOrUpdate(name!, 1, (_, runs) => runs + 1);
        return name;
    }
}
