extern alias runtime;

using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using runtime::TicketAssistant.LocalFunctions.Durable;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

/// <summary>What an orchestration's history says of its steps, and the time that it sees.</summary>
public sealed class SemanticsHistory
{
    [Fact]
    public async Task Steps_of_every_kind_are_numbered_in_one_row_and_attempts_name_the_first()
    {
        await using var harness = new EngineHarness();
        var runs = 0;
        harness.Activity<int>("Step", x => x)
            .Activity<int>("Third_time", x => Interlocked.Increment(ref runs) < 3 ? throw new TimeoutException("later") : x)
            .Orchestrator("Child", c => Task.FromResult<object?>(1))
            .Orchestrator("All", async c =>
            {
                await c.CallActivityAsync<int>("Step", 1);
                c.SendEvent("nobody", "hello", 1);
                await c.CreateTimer(c.CurrentUtcDateTime, CancellationToken.None);
                await c.CallSubOrchestratorAsync<int>("Child");
                await c.CallActivityAsync<int>("Third_time", 1, new TaskOptions(new RetryPolicy(5, TimeSpan.FromMilliseconds(1))));
                return null;
            }).Start();

        await harness.RunAsync("All", id: "all");

        var steps = harness.Engine.Store.FindHistory("all")!.Turns.SelectMany(turn => turn.Decisions).ToList();
        Assert.Equal(Enumerable.Range(0, 9), steps.Select(step => step.Id));
        Assert.Equal(
            [typeof(TaskScheduled), typeof(EventSent), typeof(TimerCreated), typeof(SubOrchestrationCreated), typeof(TaskScheduled), typeof(TimerCreated), typeof(TaskScheduled), typeof(TimerCreated), typeof(TaskScheduled)],
            steps.Select(step => step.GetType()));
        Assert.Equal([null, null, null, null, null, 4, 4, 4, 4], steps.Select(step => step.RetryOf));
    }

    [Theory]
    [InlineData("", "name")]
    [InlineData("id", "")]
    public async Task An_event_needs_a_receiver_and_a_name(string receiver, string name)
    {
        await using var harness = new EngineHarness();
        harness.Orchestrator("Sends", c =>
        {
            Assert.Throws<ArgumentException>(() => c.SendEvent(receiver, name, 1));
            return Task.FromResult<object?>("refused");
        }).Start();

        Assert.Equal("refused", (await harness.RunAsync("Sends")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Time_does_not_go_back_within_an_orchestration_though_the_clock_does()
    {
        var clock = new WallClock();
        await using var harness = new EngineHarness { Time = clock };
        harness.Orchestrator("Watches", async c =>
        {
            var first = c.CurrentUtcDateTime;
            await c.WaitForExternalEvent<int>("go");
            return c.CurrentUtcDateTime >= first;
        }).Start();
        var id = await harness.BeginAsync("Watches");
        await harness.UntilTurns(id, 1);

        clock.Offset = TimeSpan.FromHours(-1);
        await harness.Client.RaiseEventAsync(id, "go", 1);

        Assert.True((await harness.EndOf(id)).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task An_unfinished_one_was_last_updated_by_its_last_turn()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var harness = new EngineHarness { Time = time };
        harness.Orchestrator("Waits", async c => $"{await c.WaitForExternalEvent<int>("go")} {await c.WaitForExternalEvent<int>("go")}").Start();
        var id = await harness.BeginAsync("Waits");

        time.Advance(TimeSpan.FromHours(1));
        await harness.Client.RaiseEventAsync(id, "go", 1);
        await harness.UntilTurns(id, 2);

        Assert.Equal(time.GetUtcNow(), (await harness.Client.GetInstanceAsync(id))!.LastUpdatedAt);
    }

    [Fact]
    public async Task It_comes_with_the_payloads_the_start_time_and_the_parent()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var harness = new EngineHarness { Time = time };
        harness.Orchestrator("Child", c => Task.FromResult<object?>("out"))
            .Orchestrator("Parent", async c =>
            {
                c.SetCustomStatus("ok");
                return await c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child"));
            }).Start();
        var due = time.GetUtcNow().AddHours(1);
        await harness.Client.ScheduleNewOrchestrationInstanceAsync("Parent", "in", new StartOrchestrationOptions("parent", due));
        time.Advance(TimeSpan.FromHours(1));
        await harness.EndOf("parent");

        var (parent, child) = (harness.Engine.Store.FindHistory("parent")!, harness.Engine.Store.FindHistory("child")!);

        Assert.Equal(("\"in\"", "\"out\"", "\"ok\""), (parent.Row.Input, parent.Row.Output, parent.Row.CustomStatus));
        Assert.Equal((due.UtcDateTime, null), (parent.StartAt, parent.ParentId));
        Assert.Equal((null, "parent"), (child.StartAt, child.ParentId));
    }

    [Fact]
    public async Task What_is_told_in_the_moment_of_a_late_start_is_heard_once()
    {
        var clock = new WallClock();
        await using var harness = new EngineHarness { Time = clock };
        harness.Orchestrator("Later", async c => await c.WaitForExternalEvent<string>("go") + await c.WaitForExternalEvent<string>("go")).Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Later", null, new StartOrchestrationOptions(null, clock.GetUtcNow().AddHours(1)));

        // Due, and still nothing but the event wakes it.
        clock.Offset = TimeSpan.FromHours(2);
        foreach (var letter in "ab") await harness.Client.RaiseEventAsync(id, "go", $"{letter}");

        Assert.Equal("ab", (await harness.EndOf(id)).ReadOutputAs<string>());
    }

    /// <summary>A clock that somebody sets.</summary>
    private sealed class WallClock : TimeProvider
    {
        public TimeSpan Offset { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;
    }
}
