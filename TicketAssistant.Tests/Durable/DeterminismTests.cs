extern alias runtime;

using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using runtime::TicketAssistant.LocalFunctions.Durable;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

public sealed class DeterminismTests : IAsyncDisposable
{
    private readonly EngineHarness _harness = new EngineHarness().Activity<int>("Step", x => x).Activity<int>("Other", x => x);

    [Fact]
    public Task Task_Delay_is_caught() => IsCaught(async c => { await Task.Delay(20); return await c.CallActivityAsync<int>("Step", 1); });

    // A task that is over before it is awaited cannot be told from a value, here or on the real host.
    [Fact]
    public Task Task_Run_is_caught() => IsCaught(async c => await Task.Run(async () => { await Task.Delay(20); return 1; }) + await c.CallActivityAsync<int>("Step", 1));

    [Fact]
    public Task ConfigureAwait_false_is_caught() => IsCaught(async c =>
    {
        await c.CallActivityAsync<int>("Step", 1);
        await Task.Delay(20).ConfigureAwait(false);
        return await c.CallActivityAsync<int>("Step", 2);
    });

    [Fact]
    public Task A_foreign_wait_beside_a_durable_one_is_caught() => IsCaught(async c =>
    {
        var waiting = c.WaitForExternalEvent<string>("never");
        await Task.Delay(30);
        return await waiting;
    });

    [Fact]
    public Task A_wait_that_nothing_can_end_is_caught() => IsCaught(async c => await new TaskCompletionSource<int>().Task + await c.CallActivityAsync<int>("Step", 1));

    [Theory]
    [InlineData("", "e3b0c442-98fc-8c14-9afb-f4c8996fb924")]
    [InlineData("TicketAssistant", "cac2391d-16bb-8f39-8fb7-2d2a46f8e8cd")]
    [InlineData("instance_2030-01-01T00:00:00.0000000Z_0", "98274509-ba18-8929-9bf8-5ee88d8e64d6")]
    [InlineData("Grüße", "f83e0397-96c6-853a-90f5-519e39fd1139")]
    public void A_GUID_is_the_hash_of_its_name_with_version_8_and_the_variant_of_the_RFC(string name, string expected)
    {
        var guid = NameBasedGuid.Create(name);

        Assert.Equal(expected, guid.ToString());
        Assert.Equal((8, true), (guid.Version, guid.Variant is >= 8 and <= 11));
    }

    [Fact]
    public async Task The_GUIDs_of_an_orchestration_follow_from_its_id_its_time_and_their_number()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var harness = new EngineHarness { Time = time };
        harness.Orchestrator("Guids", c => Task.FromResult<object?>(new[] { c.NewGuid(), c.NewGuid() })).Start();

        var end = await harness.RunAsync("Guids", id: "instance");

        Assert.Equal(
            [new Guid("98274509-ba18-8929-9bf8-5ee88d8e64d6"), NameBasedGuid.Create("instance_2030-01-01T00:00:00.0000000Z_1")],
            end.ReadOutputAs<Guid[]>()!);
    }

    public static TheoryData<string> Members => ["guid", "custom status", "activity", "timer", "wait", "send", "child", "continue as new"];

    [Theory]
    [MemberData(nameof(Members))]
    public async Task The_context_is_refused_to_another_thread(string member)
    {
        var refused = false;
        _harness.Orchestrator("Elsewhere", c =>
        {
            var thread = new Thread(() =>
            {
                try
                {
                    refused = Use(c, member) is { IsFaulted: true };
                }
                catch (NonDeterminismException)
                {
                    refused = true;
                }
            });
            thread.Start();
            thread.Join();
            return Task.FromResult<object?>(null);
        }).Start();

        var end = await _harness.RunAsync("Elsewhere");

        Assert.True(refused);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("called its context from outside its turn", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);

        static Task? Use(TaskOrchestrationContext c, string member)
        {
            switch (member)
            {
                case "guid": c.NewGuid(); return null;
                case "custom status": c.SetCustomStatus(1); return null;
                case "activity": return c.CallActivityAsync<int>("Step", 1);
                case "timer": return c.CreateTimer(c.CurrentUtcDateTime, CancellationToken.None);
                case "wait": return c.WaitForExternalEvent<int>("never");
                case "send": c.SendEvent("x", "y", 1); return null;
                case "child": return c.CallSubOrchestratorAsync<int>("Elsewhere", 1, new SubOrchestrationOptions { InstanceId = "child" });
                default: c.ContinueAsNew(1); return null;
            }
        }
    }

    [Fact]
    public async Task An_activity_that_was_renamed_between_turns_is_named()
    {
        var name = "Step";
        _harness.Orchestrator("Changes", async c =>
        {
            await c.CallActivityAsync<int>(name, 1);
            name = "Other";
            await c.CallActivityAsync<int>("Step", 2);
            return null;
        }).Start();

        var end = await _harness.RunAsync("Changes");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("step 0", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("activity 'Step'", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("activity 'Other'", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_step_that_vanished_between_turns_is_named()
    {
        var turns = 0;
        _harness.Orchestrator("Forgets", async c =>
        {
            if (++turns == 1) await c.CallActivityAsync<int>("Step", 1);
            await c.WaitForExternalEvent<int>("never");
            return null;
        }).Start();

        var end = await _harness.RunAsync("Forgets");

        Assert.Contains("the history has activity 'Step' where the code now asks for nothing", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_that_now_ends_too_early_is_caught()
    {
        var turns = 0;
        _harness.Orchestrator("EndsEarly", async c =>
        {
            if (++turns > 2) return "early";
            await c.CallActivityAsync<int>("Step", 1);
            await c.CallActivityAsync<int>("Step", 1);
            return "late";
        }).Start();

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await _harness.RunAsync("EndsEarly")).RuntimeStatus);
    }

    [Fact]
    public async Task Swallowing_the_exception_does_not_hide_it()
    {
        var name = "Step";
        _harness.Orchestrator("Swallows", async c =>
        {
            try
            {
                await c.CallActivityAsync<int>(name, 1);
            }
            catch (Exception)
            {
                return "fine";
            }

            name = "Other";
            await c.WaitForExternalEvent<int>("never");
            return null;
        }).Start();
        var id = await _harness.Client.ScheduleNewOrchestrationInstanceAsync("Swallows");

        // The next turn, whatever wakes it, replays the first.
        for (var i = 0; i < 100 && name == "Step"; i++) await Task.Delay(10);
        await _harness.Client.RaiseEventAsync(id, "wake", 1);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await _harness.EndOf(id)).RuntimeStatus);
    }

    // Code that is kept never meets its history again in this process, so the first instances of each orchestrator go without.
    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public async Task The_first_instances_are_replayed_although_code_is_kept(int alwaysReplayed, int turnsOfOneRun)
    {
        using var folder = new TempFolder();
        var begun = 0;
        var options = new DurableOptions { DataDirectory = folder.Path, ExtendedSessions = true, AlwaysReplayed = alwaysReplayed };
        await using var engine = new DurableEngine(
            options,
            new DurableFunctions(
                new Dictionary<string, OrchestratorHandler>
                {
                    ["Two"] = async c =>
                    {
                        begun++;
                        await c.CallActivityAsync<int>("Step");
                        return await c.CallActivityAsync<int>("Step");
                    },
                },
                new Dictionary<string, ActivityHandler> { ["Step"] = (_, _, _) => Task.FromResult<object?>(1) }),
            TimeProvider.System, NullLoggerFactory.Instance);
        engine.Start();

        await engine.Client.WaitForInstanceCompletionAsync(await engine.Client.ScheduleNewOrchestrationInstanceAsync("Two"));
        Assert.Equal(turnsOfOneRun == 1 ? 1 : 3, begun);
        begun = 0;
        await engine.Client.WaitForInstanceCompletionAsync(await engine.Client.ScheduleNewOrchestrationInstanceAsync("Two"));
        Assert.Equal(1, begun);
    }

    [Fact]
    public async Task A_foreign_wait_between_two_turns_of_kept_code_is_caught()
    {
        await using var harness = new EngineHarness { KeepsCode = true };
        harness.Orchestrator("Bad", async c =>
        {
            await c.WaitForExternalEvent<string>("first");
            var waiting = c.WaitForExternalEvent<string>("never");
            await Task.Delay(30);
            return await waiting;
        }).Start();
        var id = await harness.BeginAsync("Bad");

        await harness.Client.RaiseEventAsync(id, "first", "x");

        Assert.Contains("Task.Delay", (await harness.EndOf(id)).FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private async Task IsCaught(Func<Microsoft.DurableTask.TaskOrchestrationContext, Task<object?>> code)
    {
        _harness.Orchestrator("Bad", code).Start();
        var end = await _harness.RunAsync("Bad");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Contains("'Bad'", end.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("Task.Delay", end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    private Task IsCaught(Func<Microsoft.DurableTask.TaskOrchestrationContext, Task<int>> code) => IsCaught(async c => (object?)await code(c));

    private Task IsCaught(Func<Microsoft.DurableTask.TaskOrchestrationContext, Task<string>> code) => IsCaught(async c => (object?)await code(c));
}
