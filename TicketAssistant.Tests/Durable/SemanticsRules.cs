using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

/// <summary>
/// The documented rules of orchestrations that one orchestrator shows by its output: a row a rule. Each runs twice, with its
/// history in memory and with its history read from disk for every turn; the output must be the same.
/// </summary>
public sealed class SemanticsRules
{
    private static readonly DateTimeOffset s_start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Rule[] s_rules =
    [
        new("Sequential_steps_happen_in_order", "1,2,3", async c =>
            $"{await Echo(c, "1")},{await Echo(c, "2")},{await Echo(c, "3")}"),
        new("Results_of_a_fan_out_keep_the_order_of_the_calls", "0,1,2,3,4,5,6,7,8,9", async c =>
            string.Join(',', await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Echo(c, $"{i}"))))),
        new("A_fan_out_of_1000_gathers_every_result", "499500", async c =>
            $"{(await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => c.CallActivityAsync<int>("Number", i)))).Sum()}"),
        new("WhenAny_takes_the_first_and_the_loser_is_passed_over", "first then more", async c =>
        {
            var winner = await Task.WhenAny(Echo(c, "first"), c.WaitForExternalEvent<string>("never"));
            return $"{await winner} then {await Echo(c, "more")}";
        }),
        new("The_loser_of_WhenAny_may_end_the_orchestration_late_without_harm", "0", async c =>
        {
            var tasks = Enumerable.Range(0, 5).Select(i => c.CallActivityAsync<int>("Number", i)).ToList();
            await Task.WhenAny(tasks);
            return $"{await tasks[0]}";
        }),
        new("A_step_that_is_started_and_awaited_later_keeps_its_result", "early late", async c =>
        {
            var early = Echo(c, "early");
            var late = await Echo(c, "late");
            return $"{await early} {late}";
        }),

        new("An_event_before_the_wait_is_kept", "a", async c => { await Delay(c, 60); return await Event(c); },
            async d => { await d.Raise("go", "a"); d.Pass(60); }),
        new("Events_are_taken_in_the_order_in_which_they_were_raised", "abc", async c => $"{await Event(c)}{await Event(c)}{await Event(c)}",
            async d => { await d.Raise("go", "a"); await d.Raise("go", "b"); await d.Raise("go", "c"); }),
        new("Names_of_events_ignore_case", "a", Event, d => d.Raise("GO", "a")),
        new("A_duplicate_event_that_nobody_waits_for_does_no_harm", "a then x", async c => $"{await Event(c)} then {await c.WaitForExternalEvent<string>("end")}",
            async d => { await d.Raise("go", "a"); await d.Raise("go", "a"); await d.Raise("end", "x"); }),
        new("Events_of_other_names_stay_for_later", "x then a", async c => $"{await c.WaitForExternalEvent<string>("end")} then {await Event(c)}",
            async d => { await d.Raise("go", "a"); await d.Raise("end", "x"); }),
        // Surprising, and so in the real worker: the latest wait is served first.
        new("Of_several_waits_for_a_name_each_takes_one_event_the_latest_first", "b a", async c =>
        {
            var (first, second) = (Event(c), Event(c));
            await Task.WhenAll(first, second);
            return $"{await first} {await second}";
        }, async d => { await d.Turns(1); await d.Raise("go", "a"); await d.Raise("go", "b"); }),
        new("A_wait_that_was_cancelled_swallows_no_event", "cancelled a", async c =>
        {
            using var source = new CancellationTokenSource();
            var given = c.WaitForExternalEvent<string>("go", source.Token);
#pragma warning disable CA1849 // Not CancelAsync: it would leave the orchestrator's thread.
            source.Cancel();
#pragma warning restore CA1849
            return $"{await Outcome(given)} {await Event(c)}";
        }, d => d.Raise("go", "a")),
        new("An_event_without_payload_is_the_default", "null", async c => await Event(c) ?? "null", d => d.Raise("go", null)),

        new("A_timeout_before_the_event_cancels_the_wait", "cancelled", c => Outcome(c.WaitForExternalEvent<string>("go", TimeSpan.FromMinutes(1))),
            async d => { await d.Turns(1); d.Pass(60); }),
        new("An_event_before_the_timeout_wins_and_the_timer_is_passed_over", "a then x", async c =>
            $"{await Outcome(c.WaitForExternalEvent<string>("go", TimeSpan.FromMinutes(1)))} then {await c.WaitForExternalEvent<string>("end")}",
            async d => { await d.Turns(1); await d.Raise("go", "a"); await d.Turns(2); d.Pass(120); await d.Raise("end", "x"); }),
        new("An_event_after_the_timeout_is_left_for_the_next_wait", "cancelled then a", async c =>
            $"{await Outcome(c.WaitForExternalEvent<string>("go", TimeSpan.FromMinutes(1)))} then {await Event(c)}",
            async d => { await d.Turns(1); d.Pass(60); await d.Turns(2); await d.Raise("go", "a"); }),

        new("A_timer_fires_at_its_time_not_before", "2030-01-01T01:00:00", async c => { await Delay(c, 3600); return $"{c.CurrentUtcDateTime:s}"; },
            async d => { await d.Turns(1); d.Pass(3600); }),
        new("A_timer_in_the_past_fires_at_once", "passed", async c =>
        {
            await c.CreateTimer(c.CurrentUtcDateTime.AddDays(-1), CancellationToken.None);
            return "passed";
        }),
        new("Timers_fire_in_the_order_of_their_times", "short,long", async c =>
        {
            var order = new List<string>();
            async Task Note(string name, int seconds) { await Delay(c, seconds); order.Add(name); }
            await Task.WhenAll(Note("long", 20), Note("short", 10));
            return string.Join(',', order);
        }, async d => { await d.Turns(1); d.Pass(10); await d.Turns(2); d.Pass(10); }),
        new("A_cancelled_timer_throws_and_does_not_hold_up_the_end", "cancelled", async c =>
        {
            using var source = new CancellationTokenSource();
            var timer = c.CreateTimer(TimeSpan.FromDays(1000), source.Token);
#pragma warning disable CA1849
            source.Cancel();
#pragma warning restore CA1849
            return await Outcome(timer.ContinueWith(t => t.IsCanceled ? throw new OperationCanceledException() : "fired", TaskContinuationOptions.ExecuteSynchronously));
        }),

        new("A_failed_activity_can_be_caught_and_the_code_goes_on", "Fail: bad, then on", async c =>
        {
            try
            {
                await c.CallActivityAsync("Fail", "bad");
                return "no failure";
            }
            catch (TaskFailedException e)
            {
                return $"{e.TaskName}: {e.FailureDetails.ErrorMessage}, then {await Echo(c, "on")}";
            }
        }),
        new("WhenAll_throws_after_all_have_ended", "5 bad", async c =>
        {
            var tasks = Enumerable.Range(0, 4).Select(i => Echo(c, $"{i}")).Append(c.CallActivityAsync<string>("Fail", "bad")).ToList();
            try
            {
                await Task.WhenAll(tasks);
                return "no failure";
            }
            catch (TaskFailedException e)
            {
                return $"{tasks.Count(t => t.IsCompleted)} {e.FailureDetails.ErrorMessage}";
            }
        }),

        new("GUIDs_differ_from_each_other", "True", c => Task.FromResult($"{c.NewGuid() != c.NewGuid()}")),
        new("The_clock_stands_still_within_a_turn_and_moves_between_turns", "True True", async c =>
        {
            var (first, second) = (c.CurrentUtcDateTime, c.CurrentUtcDateTime);
            await Delay(c, 60);
            return $"{first == second} {c.CurrentUtcDateTime >= first.AddSeconds(60)}";
        }, async d => { await d.Turns(1); d.Pass(60); }),
        new("The_instance_knows_its_name_and_has_no_parent", "Rule True", c => Task.FromResult($"{c.Name} {c.Parent is null}")),
        new("A_custom_status_over_16_KB_is_refused_where_it_is_set", "refused", c =>
        {
            c.SetCustomStatus(new string('x', 8 * 1024 - 2));
            try
            {
                c.SetCustomStatus(new string('x', 8 * 1024 - 1));
                return Task.FromResult("kept");
            }
            catch (ArgumentException)
            {
                return Task.FromResult("refused");
            }
        }),
    ];

    public static TheoryData<string, int, bool> Rules
    {
        get
        {
            var data = new TheoryData<string, int, bool>();
            foreach (var rule in s_rules)
            {
                data.Add(rule.Name, 1000, false);
                data.Add(rule.Name, 1000, true);
                data.Add(rule.Name, 0, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Holds(string name, int cachedHistories, bool keepsCode)
    {
        var rule = s_rules.Single(r => r.Name == name);
        var time = new FakeTimeProvider(s_start);
        await using var harness = new EngineHarness { Time = time, MaxCachedHistories = cachedHistories, KeepsCode = keepsCode };
        harness.Activity<string>("Echo", x => x)
            .Activity<int>("Number", x => x)
            .Activity<string>("Fail", x => throw new InvalidOperationException(x))
            .Orchestrator("Rule", async c => await rule.Code(c)).Start();

        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Rule");
        if (rule.Drive is { } drive) await drive(new Driver(harness, time, id));
        var end = await harness.EndOf(id);

        Assert.Null(end.FailureDetails);
        Assert.Equal(rule.Expected, end.ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_replay_safe_logger_writes_each_line_once_however_often_the_code_is_replayed()
    {
        var lines = new LogLines();
        await using var harness = new EngineHarness { Loggers = lines, MaxCachedHistories = 0 };
        harness.Activity<string>("Echo", x => x).Orchestrator("Logs", async c =>
        {
            var log = c.CreateReplaySafeLogger("Logs");
            for (var i = 0; i < 5; i++)
            {
                log.LogInformation("line {Number}", i);
                await Echo(c, "x");
            }

            return null;
        }).Start();

        await harness.RunAsync("Logs");

        Assert.Equal(["line 0 ", "line 1 ", "line 2 ", "line 3 ", "line 4 "], lines.All.Select(l => l.Text).Where(l => l.StartsWith("line", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task GUIDs_and_the_clock_are_the_same_in_every_replay_and_after_a_restart()
    {
        var seen = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var harness = new EngineHarness();
        harness.Orchestrator("Guids", async c =>
        {
            var mine = $"{c.NewGuid()} {c.CurrentUtcDateTime:o}";
            await Event(c);
            mine += $"{c.NewGuid()} {c.CurrentUtcDateTime:o}";
            await Event(c);
            seen.Enqueue(mine);
            return mine;
        }).Start();
        var id = await harness.BeginAsync("Guids");
        var before = harness.Engine.Store.Find(id)!.CreatedAt;

        await harness.Client.RaiseEventAsync(id, "go", "a");
        await harness.UntilTurns(id, 2);
        await harness.RestartAsync();
        await harness.Client.RaiseEventAsync(id, "go", "b");
        var output = (await harness.EndOf(id)).ReadOutputAs<string>();

        Assert.Equal([output], seen);
        Assert.True(DateTime.UtcNow >= before);
    }

    private static Task<string> Echo(TaskOrchestrationContext c, string text) => c.CallActivityAsync<string>("Echo", text);

    private static Task<string> Event(TaskOrchestrationContext c) => c.WaitForExternalEvent<string>("go");

    private static Task Delay(TaskOrchestrationContext c, int seconds) => c.CreateTimer(TimeSpan.FromSeconds(seconds), CancellationToken.None);

    private static async Task<string> Outcome(Task<string> task)
    {
        try
        {
            return await task;
        }
        catch (OperationCanceledException)
        {
            return "cancelled";
        }
    }

    private sealed record Rule(string Name, string Expected, Func<TaskOrchestrationContext, Task<string>> Code, Func<Driver, Task>? Drive = null);

    /// <summary>What happens to the instance from outside.</summary>
    private sealed record Driver(EngineHarness Harness, FakeTimeProvider Time, string Id)
    {
        public Task Raise(string name, string? data) => Harness.Client.RaiseEventAsync(Id, name, data);

        public void Pass(int seconds) => Time.Advance(TimeSpan.FromSeconds(seconds));

        public Task Turns(int count) => Harness.UntilTurns(Id, count);
    }
}
