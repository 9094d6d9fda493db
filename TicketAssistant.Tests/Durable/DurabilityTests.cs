extern alias runtime;

using System.Diagnostics;
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
        await harness.Client.RaiseEventAsync(id, "unheard");
        await harness.UntilTurns(id, 3);

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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_timer_still_pending_is_taken_up_whether_an_event_is_in_the_history_or_in_the_inbox(bool consumed)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var harness = new EngineHarness { Time = time };
        harness.Orchestrator("Timers", async c =>
        {
            var timers = Enumerable.Range(1, 3).Select(hours => c.CreateTimer(TimeSpan.FromHours(hours), CancellationToken.None)).ToArray();
            var go = await c.WaitForExternalEvent<string>("go");
            await Task.WhenAll(timers);
            return go;
        }).Start();
        var id = await harness.BeginAsync("Timers");
        if (consumed)
        {
            await harness.Client.RaiseEventAsync(id, "go", "x");
            await harness.UntilTurns(id, 2);
        }

        await harness.StopAsync();
        if (!consumed) Alter(harness, """INSERT INTO inbox(instance, event) SELECT key, '{"$":"event","Name":"go","Data":"\"x\""}' FROM instances""");
        harness.Start();
        await harness.UntilTurns(id, 2);
        // Told last: once it is stored, the timers have been taken up.
        await harness.Client.RaiseEventAsync(id, "unheard");
        await harness.UntilTurns(id, 3);
        time.Advance(TimeSpan.FromHours(3));

        Assert.Equal("x", (await harness.EndOf(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_orchestration_can_start_later_and_hears_what_was_told_before()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var harness = new EngineHarness { Time = time };
        var due = time.GetUtcNow().AddHours(1);
        harness.Orchestrator("Echo", c => Task.FromResult<object?>(c.GetInput<int>()))
            .Orchestrator("Later", async c => $"{await c.WaitForExternalEvent<string>("go")} {c.CurrentUtcDateTime >= due.UtcDateTime}").Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Later", null, new StartOrchestrationOptions(null, due));
        await harness.Client.RaiseEventAsync(id, "go", "early");
        await harness.RestartAsync();
        await harness.RunAsync("Echo", 1);
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await harness.Client.GetInstanceAsync(id))!.RuntimeStatus);

        time.Advance(TimeSpan.FromHours(2));

        Assert.Equal("early True", (await harness.EndOf(id)).ReadOutputAs<string>());
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
        // Told last: once it is stored, the timer has been set.
        await harness.Client.RaiseEventAsync(id, "unheard");
        await harness.UntilTurns(id, 2);

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

    [Fact]
    public async Task Events_that_two_carry_into_a_new_generation_keep_their_order_over_a_restart()
    {
        await using var harness = new EngineHarness();
        harness.Orchestrator("Loop", async c =>
        {
            if (c.GetInput<string>() == "second")
                return string.Concat(await c.WaitForExternalEvent<string>("go"), await c.WaitForExternalEvent<string>("go"), await c.WaitForExternalEvent<string>("go"));
            await c.WaitForExternalEvent<string>("begin");
            c.ContinueAsNew("second");
            return null;
        }).Start();
        string[] both = [await harness.BeginAsync("Loop", "first", "1"), await harness.BeginAsync("Loop", "first", "2")];
        Alter(harness, "CREATE TRIGGER fault BEFORE INSERT ON turns WHEN NEW.number = 0 BEGIN SELECT RAISE(ABORT, 'injected fault'); END");
        foreach (var id in both)
        {
            await harness.Client.RaiseEventAsync(id, "go", $"a{id}");
            await harness.Client.RaiseEventAsync(id, "go", $"b{id}");
            await harness.Client.RaiseEventAsync(id, "begin");
            await EngineHarness.Until(() => harness.Engine.Store.Find(id)!.Input == "\"second\"");
            await harness.Client.RaiseEventAsync(id, "go", $"c{id}");
        }

        await harness.StopAsync();
        Alter(harness, "DROP TRIGGER fault");
        harness.Start();

        Assert.Equal("a1b1c1", (await harness.EndOf("1")).ReadOutputAs<string>());
        Assert.Equal("a2b2c2", (await harness.EndOf("2")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task What_set_an_orchestration_going_is_known_after_a_restart_and_to_its_children()
    {
        await using var harness = new EngineHarness();
        harness.Orchestrator("Child", async c => await c.WaitForExternalEvent<string>("go"))
            .Orchestrator("Parent", async c =>
            {
                await c.WaitForExternalEvent<string>("go");
                return await c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child"));
            }).Start();
        using var caller = new Activity("caller").SetIdFormat(ActivityIdFormat.W3C).Start();
        var id = await harness.BeginAsync("Parent");
        caller.Stop();

        await harness.RestartAsync();
        await harness.Client.RaiseEventAsync(id, "go", "x");
        await harness.UntilStatus("child", OrchestrationRuntimeStatus.Running);

        Assert.Equal(caller.Id, harness.Engine.Store.FindUnfinished(id)!.Trace);
        Assert.Contains(caller.TraceId.ToHexString(), harness.Engine.Store.FindUnfinished("child")!.Trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Orchestrations_of_a_version_without_traces_go_on()
    {
        await using var harness = new EngineHarness();
        harness.Orchestrator("Waits", async c => await c.WaitForExternalEvent<string>("go")).Start();
        await harness.BeginAsync("Waits", id: "old");
        await harness.StopAsync();
        Alter(harness, "ALTER TABLE instances DROP COLUMN trace");

        harness.Start();
        await harness.BeginAsync("Waits", id: "new");
        foreach (var id in new[] { "old", "new" }) await harness.Client.RaiseEventAsync(id, "go", "x");

        Assert.Equal("x", (await harness.EndOf("old")).ReadOutputAs<string>());
        Assert.Equal("x", (await harness.EndOf("new")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_purged_one_leaves_no_turns_behind()
    {
        await using var harness = new EngineHarness();
        harness.Orchestrator("Echo", c => Task.FromResult<object?>(c.GetInput<int>())).Start();
        await harness.RunAsync("Echo", 1, "one");
        Assert.Equal(1, Count(harness, "turns"));

        await harness.Client.PurgeInstanceAsync("one");

        Assert.Equal(0, Count(harness, "turns"));
    }

    [Fact]
    public async Task What_was_told_to_one_that_is_replaced_goes_with_it()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var harness = new EngineHarness { Time = time };
        harness.Orchestrator("Later", async c => await c.WaitForExternalEvent<string>("go")).Start();
        var options = new StartOrchestrationOptions("one", time.GetUtcNow().AddHours(1));
        await harness.Client.ScheduleNewOrchestrationInstanceAsync("Later", null, options);
        await harness.Client.RaiseEventAsync("one", "go", "x");
        Assert.Equal(1, Count(harness, "inbox"));

        await harness.Client.ScheduleNewOrchestrationInstanceAsync("Later", null, options);

        Assert.Equal(0, Count(harness, "inbox"));
    }

    [Fact]
    public async Task After_a_stop_the_database_is_one_file_that_nobody_holds_open()
    {
        await using var harness = new EngineHarness();
        harness.Orchestrator("Echo", c => Task.FromResult<object?>(c.GetInput<int>())).Start();
        await harness.RunAsync("Echo", 1);
        Assert.True(File.Exists(harness.DatabasePath + "-wal"));

        await harness.StopAsync();

        Assert.False(File.Exists(harness.DatabasePath + "-wal"));
    }

    private static long Count(EngineHarness harness, string table)
    {
        using var file = new SqliteConnection($"Data Source={harness.DatabasePath};Pooling=False");
        file.Open();
        using var command = file.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
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
