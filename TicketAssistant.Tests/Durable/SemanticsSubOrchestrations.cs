using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

public sealed class SemanticsSubOrchestrations : IAsyncDisposable
{
    private readonly EngineHarness _harness = new EngineHarness()
        .Activity<string>("Fail", x => throw new InvalidOperationException(x, new FormatException("inner")))
        .Orchestrator("Child", async c => await c.WaitForExternalEvent<string>("go"))
        .Orchestrator("Echo", c => Task.FromResult<object?>(c.GetInput<string>()));

    [Fact]
    public async Task A_child_gets_its_input_returns_its_output_and_knows_its_parent()
    {
        _harness.Orchestrator("Family", c => Task.FromResult<object?>($"{c.GetInput<string>()} of {c.Parent!.Name} {c.Parent.InstanceId}"))
            .Orchestrator("Parent", async c => await c.CallSubOrchestratorAsync<string>("Family", "child")).Start();

        Assert.Equal("child of Parent p", (await _harness.RunAsync("Parent", id: "p")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_failure_arrives_through_two_levels_with_the_whole_chain_of_details()
    {
        _harness.Orchestrator("Lower", async c => await c.CallActivityAsync<string>("Fail", "bad"))
            .Orchestrator("Upper", async c => await c.CallSubOrchestratorAsync<string>("Lower")).Start();

        var details = (await _harness.RunAsync("Upper")).FailureDetails;

        var chain = new List<string>();
        for (var d = details; d is not null; d = d.InnerFailure) chain.Add(d.ErrorType);
        Assert.Equal(
            [
                typeof(TaskFailedException).FullName!, typeof(TaskFailedException).FullName!,
                typeof(InvalidOperationException).FullName!, typeof(FormatException).FullName!,
            ],
            chain);
        Assert.Equal("Task 'Lower' (#0) failed with an unhandled exception: Task 'Fail' (#0) failed with an unhandled exception: bad", details!.ErrorMessage);
        Assert.Equal("bad", details.InnerFailure!.InnerFailure!.ErrorMessage);
    }

    // The attempts share one instance id, as in the real worker: what stays is the history of the last one.
    [Fact]
    public async Task A_failed_child_is_retried_under_the_same_id()
    {
        var runs = 0;
        var ids = new HashSet<string>();
        _harness.Orchestrator("Flaky", c =>
            {
                lock (ids) ids.Add(c.InstanceId);
                return Interlocked.Increment(ref runs) < 3 ? throw new TimeoutException("later") : Task.FromResult<object?>("done");
            })
            .Orchestrator("Parent", async c => await c.CallSubOrchestratorAsync<string>("Flaky", null, new TaskOptions(new RetryPolicy(3, TimeSpan.FromMilliseconds(5))))).Start();

        Assert.Equal("done", (await _harness.RunAsync("Parent")).ReadOutputAs<string>());
        Assert.Equal(3, runs);
        Assert.Single(ids);
    }

    [Fact]
    public async Task A_child_can_be_given_an_id()
    {
        _harness.Orchestrator("Parent", async c => await c.CallSubOrchestratorAsync<string>("Echo", "x", new SubOrchestrationOptions(instanceId: "chosen"))).Start();

        await _harness.RunAsync("Parent");

        Assert.Equal("x", (await _harness.Client.GetInstanceAsync("chosen", true))!.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_child_whose_id_runs_already_fails_and_leaves_the_other_alone()
    {
        _harness.Orchestrator("Parent", async c =>
        {
            try
            {
                return await c.CallSubOrchestratorAsync<string>("Echo", "x", new SubOrchestrationOptions(instanceId: "taken"));
            }
            catch (TaskFailedException e)
            {
                return e.FailureDetails.ErrorType;
            }
        }).Start();
        await _harness.BeginAsync("Child", id: "taken");

        Assert.Equal("DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException", (await _harness.RunAsync("Parent")).ReadOutputAs<string>());
        await _harness.Client.RaiseEventAsync("taken", "go", "still there");
        Assert.Equal("still there", (await _harness.EndOf("taken")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_child_whose_id_has_ended_replaces_that_one()
    {
        _harness.Orchestrator("Parent", async c => await c.CallSubOrchestratorAsync<string>("Echo", "new", new SubOrchestrationOptions(instanceId: "taken"))).Start();
        await _harness.RunAsync("Echo", "old", "taken");

        await _harness.RunAsync("Parent");

        Assert.Equal("new", (await _harness.Client.GetInstanceAsync("taken", true))!.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_child_has_its_parents_version_unless_it_is_given_one()
    {
        _harness.Orchestrator("Versioned", c => Task.FromResult<object?>(c.Version))
            .Orchestrator("Parent", async c =>
                await c.CallSubOrchestratorAsync<string>("Versioned") + " " +
                await c.CallSubOrchestratorAsync<string>("Versioned", null, new TaskOptions { Version = "9" })).Start();

        var id = await _harness.Client.ScheduleNewOrchestrationInstanceAsync("Parent", null, new StartOrchestrationOptions { Version = "1.5" });

        Assert.Equal("1.5 9", (await _harness.EndOf(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_terminated_child_is_a_failure_of_its_parent()
    {
        _harness.Orchestrator("Parent", async c =>
        {
            try
            {
                return await c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child"));
            }
            catch (TaskFailedException e)
            {
                return e.FailureDetails.ErrorMessage;
            }
        }).Start();
        var id = await _harness.BeginAsync("Parent");
        await _harness.UntilStatus("child", OrchestrationRuntimeStatus.Running);

        await _harness.Client.TerminateInstanceAsync("child");

        Assert.Contains("'child' was terminated", (await _harness.EndOf(id)).ReadOutputAs<string>()!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, OrchestrationRuntimeStatus.Terminated)]
    [InlineData(false, OrchestrationRuntimeStatus.Completed)]
    [InlineData(null, OrchestrationRuntimeStatus.Completed)]
    public async Task Termination_reaches_children_and_grandchildren_only_when_recursive(bool? recursive, OrchestrationRuntimeStatus left)
    {
        _harness.Orchestrator("Middle", async c => await c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "lowest")))
            .Orchestrator("Parent", async c => await c.CallSubOrchestratorAsync<string>("Middle", null, new SubOrchestrationOptions(instanceId: "middle"))).Start();
        var id = await _harness.BeginAsync("Parent");
        await _harness.UntilStatus("lowest", OrchestrationRuntimeStatus.Running);

        await _harness.Client.TerminateInstanceAsync(id, recursive is { } given ? new TerminateInstanceOptions("over", given) : null);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await _harness.EndOf(id)).RuntimeStatus);
        if (recursive is not true) await _harness.Client.RaiseEventAsync("lowest", "go", "x");

        Assert.Equal(left, (await _harness.EndOf("lowest")).RuntimeStatus);
        Assert.Equal(left, (await _harness.EndOf("middle")).RuntimeStatus);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 1)]
    [InlineData(null, 1)]
    public async Task A_purge_takes_children_and_grandchildren_only_when_recursive(bool? recursive, int purged)
    {
        _harness.Orchestrator("Middle", async c => await c.CallSubOrchestratorAsync<string>("Echo", "x"))
            .Orchestrator("Parent", async c => await c.CallSubOrchestratorAsync<string>("Middle")).Start();
        var id = (await _harness.RunAsync("Parent")).InstanceId;

        var result = await _harness.Client.PurgeInstanceAsync(id, recursive is { } given ? new PurgeInstanceOptions(given) : null);

        Assert.Equal((purged, true), (result.PurgedInstanceCount, result.IsComplete));
        Assert.Equal(3 - purged, await _harness.Client.GetAllInstancesAsync().CountAsync());
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    [InlineData(null, 1)]
    public async Task A_purge_by_filter_takes_children_that_the_filter_does_not_find_only_when_recursive(bool? recursive, int purged)
    {
        _harness.Orchestrator("Parent", async c =>
        {
            await c.CallSubOrchestratorAsync<string>("Echo", "x");
            throw new InvalidOperationException("bad");
        }).Start();
        await _harness.RunAsync("Parent");

        var result = await _harness.Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Failed]), recursive is { } given ? new PurgeInstanceOptions(given) : null);

        Assert.Equal((purged, true), (result.PurgedInstanceCount, result.IsComplete));
        Assert.Equal(2 - purged, await _harness.Client.GetAllInstancesAsync().CountAsync());
    }

    [Fact]
    public async Task A_recursive_purge_by_filter_counts_each_instance_once()
    {
        _harness.Orchestrator("Parent", async c => await c.CallSubOrchestratorAsync<string>("Echo", "x")).Start();
        for (var i = 0; i < 3; i++) await _harness.RunAsync("Parent");

        var result = await _harness.Client.PurgeAllInstancesAsync(new PurgeInstancesFilter(), new PurgeInstanceOptions(true));

        Assert.Equal(6, result.PurgedInstanceCount);
    }

    [Fact]
    public async Task An_event_for_a_child_reaches_it_even_in_the_moment_it_is_started()
    {
        _harness.Orchestrator("Parent", async c =>
        {
            var child = c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child-" + c.InstanceId));
            c.SendEvent("child-" + c.InstanceId, "go", "now");
            return await child;
        }).Start();

        var ends = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _harness.RunAsync("Parent")));

        Assert.All(ends, end => Assert.Equal("now", end.ReadOutputAs<string>()));
    }

    [Fact]
    public async Task A_parent_goes_on_after_a_restart_when_its_child_ends_then()
    {
        _harness.Orchestrator("Parent", async c => await c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child"))).Start();
        var id = await _harness.BeginAsync("Parent");
        await _harness.UntilStatus("child", OrchestrationRuntimeStatus.Running);

        await _harness.RestartAsync();
        await _harness.Client.RaiseEventAsync("child", "go", "x");

        Assert.Equal("x", (await _harness.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData("itself")]
    [InlineData("other")]
    public async Task SendEvent_reaches_another_orchestration_or_the_sender(string target)
    {
        _harness.Orchestrator("Sender", async c =>
        {
            c.SendEvent(c.GetInput<string>()!, "go", "hello");
            return target == "itself" ? await c.WaitForExternalEvent<string>("go") : "sent";
        }).Start();
        var receiver = target == "itself" ? "me" : await _harness.BeginAsync("Child");

        await _harness.RunAsync("Sender", receiver, "me");

        Assert.Equal("hello", (await _harness.EndOf(receiver)).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData("ended")]
    [InlineData("nobody")]
    public async Task SendEvent_to_one_that_has_ended_or_never_was_is_dropped(string target)
    {
        _harness.Orchestrator("Sender", c =>
        {
            c.SendEvent(target, "go", "hello");
            return Task.FromResult<object?>("sent");
        }).Start();
        await _harness.RunAsync("Echo", "x", "ended");

        Assert.Equal("sent", (await _harness.RunAsync("Sender")).ReadOutputAs<string>());
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();
}
