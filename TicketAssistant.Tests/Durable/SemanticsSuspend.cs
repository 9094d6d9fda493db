using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

public sealed class SemanticsSuspend : IAsyncDisposable
{
    private readonly EngineHarness _harness = new EngineHarness()
        .Orchestrator("Three", async c => $"{await c.WaitForExternalEvent<string>("go")}{await c.WaitForExternalEvent<string>("go")}{await c.WaitForExternalEvent<string>("go")}");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_happens_while_suspended_is_told_in_order_after_the_resume(bool restart)
    {
        var id = await SuspendedAsync();

        foreach (var letter in "bc") await _harness.Client.RaiseEventAsync(id, "go", $"{letter}");
        if (restart) await _harness.RestartAsync();
        await _harness.UntilTurns(id, 3);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await _harness.Client.GetInstanceAsync(id))!.RuntimeStatus);
        await _harness.Client.ResumeInstanceAsync(id);

        Assert.Equal("abc", (await _harness.EndOf(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_activity_that_ends_while_suspended_does_not_run_again_and_its_result_is_held()
    {
        var (entered, leave, runs) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);
        _harness.Activity<string>("Slow", async x =>
            {
                runs++;
                entered.SetResult();
                await leave.Task;
                return x;
            })
            .Orchestrator("Calls", async c => await c.CallActivityAsync<string>("Slow", "x")).Start();
        var id = await _harness.BeginAsync("Calls");
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await _harness.Client.SuspendInstanceAsync(id);
        await _harness.UntilStatus(id, OrchestrationRuntimeStatus.Suspended);

        leave.SetResult();
        await _harness.UntilTurns(id, 3);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await _harness.Client.GetInstanceAsync(id))!.RuntimeStatus);
        await _harness.RestartAsync();
        await _harness.Client.ResumeInstanceAsync(id);

        Assert.Equal("x", (await _harness.EndOf(id)).ReadOutputAs<string>());
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_resumed_one_is_running_again()
    {
        var id = await SuspendedAsync();

        await _harness.Client.ResumeInstanceAsync(id);

        await _harness.UntilStatus(id, OrchestrationRuntimeStatus.Running);
    }

    [Fact]
    public async Task Suspending_twice_needs_one_resume()
    {
        var id = await SuspendedAsync();
        await _harness.Client.SuspendInstanceAsync(id, "again");

        await _harness.Client.ResumeInstanceAsync(id);
        foreach (var letter in "bc") await _harness.Client.RaiseEventAsync(id, "go", $"{letter}");

        Assert.Equal("abc", (await _harness.EndOf(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_suspended_one_can_be_terminated()
    {
        var id = await SuspendedAsync();

        await _harness.Client.TerminateInstanceAsync(id, "over");

        var end = await _harness.EndOf(id);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, end.RuntimeStatus);
        Assert.Equal("over", end.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Suspending_one_that_has_ended_changes_nothing()
    {
        _harness.Orchestrator("Done", _ => Task.FromResult<object?>("done")).Start();
        var id = (await _harness.RunAsync("Done")).InstanceId;

        await _harness.Client.SuspendInstanceAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await _harness.Client.GetInstanceAsync(id))!.RuntimeStatus);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    /// <summary>One that has taken its first event and is suspended.</summary>
    private async Task<string> SuspendedAsync()
    {
        _harness.Start();
        var id = await _harness.BeginAsync("Three");
        await _harness.Client.RaiseEventAsync(id, "go", "a");
        await _harness.Client.SuspendInstanceAsync(id, "wait");
        await _harness.UntilStatus(id, OrchestrationRuntimeStatus.Suspended);
        return id;
    }
}
