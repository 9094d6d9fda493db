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
