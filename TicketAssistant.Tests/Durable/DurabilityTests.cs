extern alias runtime;

using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using runtime::TicketAssistant.LocalFunctions.Durable;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

public sealed class DurabilityTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Waits_for_events_are_kept_with_the_turn_and_are_the_same_after_a_restart(bool keepsCode)
    {
        await using var harness = new EngineHarness { KeepsCode = keepsCode };
        harness.Orchestrator("Waits", async c =>
        {
            using var enough = new CancellationTokenSource();
            var (go, stop) = (c.WaitForExternalEvent<string>("go"), c.WaitForExternalEvent<string>("stop", enough.Token));
            await go;
            enough.Cancel();
            var early = await c.WaitForExternalEvent<string>("early");
            return $"{stop.IsCanceled} {early}";
        }).Start();
        var id = await harness.BeginAsync("Waits");
        await harness.Client.RaiseEventAsync(id, "early", "bird");
        await harness.UntilTurns(id, 2);
        await harness.RestartAsync();
        await harness.Client.RaiseEventAsync(id, "GO", "x");

        Assert.Equal("True bird", (await harness.EndOf(id)).ReadOutputAs<string>());
        Assert.Equal(
            ["0:go 1:stop", "", "0 1 given up"],
            harness.Engine.Store.FindHistory(id)!.Turns.Select(turn =>
                string.Join(' ', turn.Waits?.Select(w => w.Name is null ? $"{w.Id}{(w.GivenUp ? " given up" : "")}" : $"{w.Id}:{w.Name}") ?? [])));
    }

    [Fact]
    public async Task A_restart_goes_on_with_a_pending_activity_and_never_repeats_a_finished_one()
    {
        await using var harness = new EngineHarness();
        var first = 0;
        var second = 0;
        var entered = new TaskCompletionSource();
        harness.Activity<int>("First", x => { first++; return x; })
            .Activity<int>("Second", async x =>
            {
                if (Interlocked.Increment(ref second) == 1)
                {
                    entered.SetResult();
                    await Task.Delay(Timeout.Infinite);
                }

                return x;
            })
            .Orchestrator("Two", async c => await c.CallActivityAsync<int>("First", 1) + await c.CallActivityAsync<int>("Second", 2)).Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Two");
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(10));

        await harness.RestartAsync();

        Assert.Equal(3, (await harness.EndOf(id)).ReadOutputAs<int>());
        Assert.Equal(1, first);
        Assert.Equal(2, second);
    }

    [Fact]
    public async Task Timers_and_events_survive_a_restart()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var harness = new EngineHarness { Time = time, MaxCachedHistories = 0 };
        harness.Orchestrator("Waits", async c =>
        {
            var go = await c.WaitForExternalEvent<string>("go");
            var before = c.CurrentUtcDateTime;
            await c.CreateTimer(TimeSpan.FromDays(100), CancellationToken.None);
            return $"{go} {(c.CurrentUtcDateTime - before).TotalDays >= 100}";
        }).Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Waits");
        await harness.Client.WaitForInstanceStartAsync(id);
        await harness.RestartAsync();
        await harness.Client.RaiseEventAsync(id, "go", "x");
        await Until(() => harness.Engine.Store.Load(harness.Engine.Store.Find(id)!.Key).Turns.Count == 2);
        await harness.RestartAsync();

        for (var day = 0; day < 99; day++) time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await harness.Client.GetInstanceAsync(id))!.RuntimeStatus);
        for (var i = 0; i < 5; i++) time.Advance(TimeSpan.FromHours(12));

        Assert.Equal("x True", (await harness.EndOf(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_event_that_was_told_but_not_consumed_survives_a_restart()
    {
        await using var harness = new EngineHarness();
        harness.Orchestrator("Waits", async c => await c.WaitForExternalEvent<string>("go")).Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Waits");
        await harness.Client.WaitForInstanceStartAsync(id);
        await harness.StopAsync();
        // As if the process had died between the answer to the caller and the turn.
        using (var file = new SqliteConnection($"Data Source={harness.DatabasePath};Pooling=False"))
        {
            file.Open();
            using var command = file.CreateCommand();
            command.CommandText = """INSERT INTO inbox(instance, event) SELECT key, '{"$":"event","Name":"go","Data":"\"x\""}' FROM instances""";
            Assert.Equal(1, command.ExecuteNonQuery());
        }

        harness.Start();

        Assert.Equal("x", (await harness.EndOf(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_orchestration_can_start_later_and_hears_what_was_told_before()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var harness = new EngineHarness { Time = time };
        harness.Orchestrator("Later", async c => await c.WaitForExternalEvent<string>("go")).Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Later", null, new StartOrchestrationOptions(null, time.GetUtcNow().AddHours(1)));
        await harness.Client.RaiseEventAsync(id, "go", "early");
        await harness.RestartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await harness.Client.GetInstanceAsync(id))!.RuntimeStatus);

        time.Advance(TimeSpan.FromHours(2));

        Assert.Equal("early", (await harness.EndOf(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_wait_with_a_timeout_gives_up_on_time()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var harness = new EngineHarness { Time = time };
        harness.Orchestrator("Waits", async c =>
        {
            try
            {
                return await c.WaitForExternalEvent<string>("go", TimeSpan.FromMinutes(5));
            }
            catch (OperationCanceledException)
            {
                return "gave up";
            }
        }).Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Waits");
        await harness.Client.WaitForInstanceStartAsync(id);

        time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal("gave up", (await harness.EndOf(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task When_scheduling_cannot_be_stored_the_caller_is_told_and_nothing_runs()
    {
        await using var harness = new EngineHarness();
        harness.Orchestrator("Echo", c => Task.FromResult<object?>(c.GetInput<int>())).Start();
        Alter(harness, "ALTER TABLE instances RENAME TO gone");

        await Assert.ThrowsAsync<SqliteException>(() => harness.Client.ScheduleNewOrchestrationInstanceAsync("Echo", 1, new StartOrchestrationOptions("one")));
        Alter(harness, "ALTER TABLE gone RENAME TO instances");

        Assert.Null(await harness.Client.GetInstanceAsync("one"));
        Assert.Equal(2, (await harness.RunAsync("Echo", 2, "one")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_turn_that_cannot_be_stored_is_taken_again_when_the_cause_is_gone()
    {
        await using var harness = new EngineHarness();
        var runs = 0;
        harness.Activity<int>("Count", x => Interlocked.Increment(ref runs))
            .Orchestrator("One", async c => await c.CallActivityAsync<int>("Count", 1)).Start();
        Alter(harness, "CREATE TRIGGER fault BEFORE INSERT ON turns BEGIN SELECT RAISE(ABORT, 'injected fault'); END");
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("One");
        await Task.Delay(100);

        // The decision to call the activity was never stored, so it must not have been carried out.
        Assert.Equal(0, runs);
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await harness.Client.GetInstanceAsync(id))!.RuntimeStatus);
        Alter(harness, "DROP TRIGGER fault");

        Assert.Equal(1, (await harness.EndOf(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_second_engine_on_the_same_folder_is_refused_with_a_clear_error()
    {
        await using var harness = new EngineHarness().Start();
        var options = new DurableOptions { DataDirectory = harness.DataDirectory };

        var e = Assert.Throws<DataDirectoryInUseException>(() => new DurableEngine(
            options, new DurableFunctions(new Dictionary<string, OrchestratorHandler>(), new Dictionary<string, ActivityHandler>()),
            TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance));

        Assert.Contains(harness.DataDirectory, e.Message, StringComparison.Ordinal);
        Assert.Contains("Local__DataDirectory", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Histories_beyond_the_cache_are_read_again_from_disk()
    {
        await using var harness = new EngineHarness { MaxCachedHistories = 0 };
        harness.Activity<int>("Add", x => x + 1).Orchestrator("Chain", async c =>
        {
            var x = 0;
            for (var i = 0; i < 10; i++) x = await c.CallActivityAsync<int>("Add", x);
            return x;
        }).Start();

        var ends = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => harness.RunAsync("Chain")));

        Assert.All(ends, end => Assert.Equal(10, end.ReadOutputAs<int>()));
    }

    private static void Alter(EngineHarness harness, string sql)
    {
        using var file = new SqliteConnection($"Data Source={harness.DatabasePath};Pooling=False");
        file.Open();
        using var command = file.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++) await Task.Delay(10);
        Assert.True(condition());
    }
}
