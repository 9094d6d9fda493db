using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

public sealed class SemanticsGenerations
{
    [Fact]
    public async Task A_loop_of_100_generations_keeps_its_id_and_only_the_last_history()
    {
        await using var harness = new EngineHarness();
        harness.Activity<int>("Add", x => x + 1).Orchestrator("Loop", async c =>
        {
            var next = await c.CallActivityAsync<int>("Add", c.GetInput<int>());
            if (next < 100) c.ContinueAsNew(next);
            return next;
        }).Start();

        var end = await harness.RunAsync("Loop", 0, "loop");

        Assert.Equal(100, end.ReadOutputAs<int>());
        Assert.Equal(99, end.ReadInputAs<int>());
        var history = harness.Engine.Store.FindHistory("loop")!;
        Assert.Equal(2, history.Turns.Count);
        Assert.Equal(99, history.Generation);
    }

    // Dropped are the events that had reached the generation that ended; later ones are the next one's.
    [Theory]
    [InlineData(true, "a b c")]
    [InlineData(false, "a x x")]
    public async Task Events_that_nobody_has_taken_go_along_or_are_dropped(bool preserve, string expected)
    {
        await using var harness = new EngineHarness();
        harness.Orchestrator("Loop", async c =>
        {
            var sofar = c.GetInput<string[]>()!;
            if (sofar.Length == 0) await c.WaitForExternalEvent<string>("begin");
            string[] now = [.. sofar, await c.WaitForExternalEvent<string>("go")];
            if (now.Length == 3) return string.Join(' ', now);
            c.ContinueAsNew(now, preserve);
            return null;
        }).Start();
        var id = await harness.BeginAsync("Loop", Array.Empty<string>());

        foreach (var letter in "abc") await harness.Client.RaiseEventAsync(id, "go", $"{letter}");
        await harness.UntilTurns(id, 2);
        await harness.Client.RaiseEventAsync(id, "begin");
        if (!preserve)
        {
            await EngineHarness.Until(() => harness.Engine.Store.Find(id)!.Input!.Contains('a', StringComparison.Ordinal));
            await harness.Client.RaiseEventAsync(id, "go", "x");
            await EngineHarness.Until(() => harness.Engine.Store.Find(id)!.Input!.Contains('x', StringComparison.Ordinal));
            await harness.Client.RaiseEventAsync(id, "go", "x");
        }

        Assert.Equal(expected, (await harness.EndOf(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Events_keep_their_order_over_many_generations_while_more_arrive()
    {
        await using var harness = new EngineHarness();
        harness.Orchestrator("Loop", async c =>
        {
            var sofar = c.GetInput<List<int>>()!;
            sofar.Add(await c.WaitForExternalEvent<int>("go"));
            if (sofar.Count == 100) return sofar;
            c.ContinueAsNew(sofar);
            return null;
        }).Start();
        var id = await harness.BeginAsync("Loop", new List<int>());

        for (var i = 0; i < 100; i++) await harness.Client.RaiseEventAsync(id, "go", i);

        Assert.Equal(Enumerable.Range(0, 100), (await harness.EndOf(id)).ReadOutputAs<List<int>>());
    }

    [Fact]
    public async Task Results_and_timers_of_an_earlier_generation_do_not_reach_the_next()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var old = new TaskCompletionSource();
        await using var harness = new EngineHarness { Time = time };
        harness.Activity<int>("Slow", async generation => { if (generation == 0) await old.Task; return generation; })
            .Orchestrator("Loop", async c =>
            {
                var generation = c.GetInput<int>();
                // The same step ids in both generations.
                var slow = c.CallActivityAsync<int>("Slow", generation);
                var timer = c.CreateTimer(TimeSpan.FromMinutes(generation == 0 ? 1 : 10), CancellationToken.None);
                if (generation == 0)
                {
                    await c.WaitForExternalEvent<string>("go");
                    c.ContinueAsNew(1);
                    return null;
                }

                var before = c.CurrentUtcDateTime;
                await timer;
                return $"{await slow} {(c.CurrentUtcDateTime - before).TotalMinutes >= 10}";
            }).Start();
        var id = await harness.BeginAsync("Loop", 0);

        await harness.Client.RaiseEventAsync(id, "go");
        await EngineHarness.Until(() => harness.Engine.Store.Find(id)!.Input == "1");
        await harness.UntilTurns(id, 2);
        old.SetResult();
        time.Advance(TimeSpan.FromMinutes(1));
        // Told after the old timer: once it is stored, so is whatever that brought about.
        await harness.Client.RaiseEventAsync(id, "unheard");
        await harness.UntilTurns(id, 3);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await harness.Client.GetInstanceAsync(id))!.RuntimeStatus);
        time.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("1 True", (await harness.EndOf(id)).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_child_answers_the_generation_that_started_it_and_no_other(bool restart)
    {
        await using var harness = new EngineHarness();
        harness.Orchestrator("Child", async c => await c.WaitForExternalEvent<string>("go"))
            .Orchestrator("Loop", async c =>
            {
                var generation = c.GetInput<int>();
                // The same step id in both generations.
                var child = c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: $"child-{generation}"));
                if (generation == 1) return await child;
                await c.WaitForExternalEvent<string>("next");
                c.ContinueAsNew(1);
                return null;
            }).Start();
        var id = await harness.BeginAsync("Loop", 0);
        await harness.UntilStatus("child-0", OrchestrationRuntimeStatus.Running);
        await harness.Client.RaiseEventAsync(id, "next");
        await harness.UntilStatus("child-1", OrchestrationRuntimeStatus.Running);
        if (restart) await harness.RestartAsync();

        await harness.Client.RaiseEventAsync("child-0", "go", "old");
        await harness.EndOf("child-0");
        await harness.Client.RaiseEventAsync("child-1", "go", "new");

        Assert.Equal("new", (await harness.EndOf(id)).ReadOutputAs<string>());
    }

    // As the real worker reports it with every turn: a generation that sets none has none.
    [Fact]
    public async Task The_custom_status_is_the_generations_own()
    {
        await using var harness = new EngineHarness();
        harness.Orchestrator("Loop", async c =>
        {
            if (c.GetInput<int>() == 0)
            {
                c.SetCustomStatus("first");
                c.ContinueAsNew(1);
                return null;
            }

            await c.WaitForExternalEvent<string>("go");
            c.SetCustomStatus("second");
            return null;
        }).Start();
        var id = await harness.BeginAsync("Loop", 0);
        await harness.UntilTurns(id, 1);
        Assert.Null((await harness.Client.GetInstanceAsync(id, true))!.SerializedCustomStatus);

        await harness.Client.RaiseEventAsync(id, "go");

        Assert.Equal("second", (await harness.EndOf(id)).ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task A_later_generation_goes_on_after_a_restart_with_its_events_and_version()
    {
        await using var harness = new EngineHarness();
        harness.Orchestrator("Loop", async c =>
        {
            if (c.GetInput<string>() is "second") return $"{c.Version} {await c.WaitForExternalEvent<string>("go")} {await c.WaitForExternalEvent<string>("end")}";
            await c.WaitForExternalEvent<string>("begin");
            c.ContinueAsNew(new ContinueAsNewOptions { NewInput = "second", NewVersion = "2.0" });
            return null;
        }).Start();
        var id = await harness.BeginAsync("Loop", "first");
        await harness.Client.RaiseEventAsync(id, "go", "kept");
        await harness.Client.RaiseEventAsync(id, "begin");
        await EngineHarness.Until(() => harness.Engine.Store.Find(id)!.Version == "2.0");

        await harness.RestartAsync();
        await harness.Client.RaiseEventAsync(id, "end", "x");

        Assert.Equal("2.0 kept x", (await harness.EndOf(id)).ReadOutputAs<string>());
    }
}
