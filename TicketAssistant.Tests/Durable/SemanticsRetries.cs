extern alias runtime;

using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using runtime::TicketAssistant.LocalFunctions.Durable;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

/// <summary>When failed activities are tried again, on a clock of our own: no wait is real.</summary>
public sealed class SemanticsRetries
{
    public static TheoryData<string, int[]> Policies => new()
    {
        { "the same wait each time", [10, 10, 10] },
        { "twice as long each time", [10, 20, 40] },
        { "twice as long up to a maximum", [10, 20, 25] },
        { "twice as long without a maximum", [10, 20, 40] },
        { "no new attempt once the retry timeout has passed", [10, 20] },
        { "one attempt", [] },
        { "not this failure", [] },
        { "a timeout beyond all attempts", [10, 10, 10] },
    };

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task The_policy_says_how_long_to_wait_and_when_to_give_up(string policy, int[] waits)
    {
        var attempts = await AttemptsAsync(new TaskOptions(Policy(policy)));

        Assert.Equal(waits, attempts.Zip(attempts.Skip(1), (a, b) => (int)Math.Round((b - a).TotalSeconds)));
    }

    [Fact]
    public async Task A_retry_handler_sees_the_attempt_the_failure_and_the_time_and_may_wait_by_itself()
    {
        var seen = new List<string>();
        var attempts = await AttemptsAsync(TaskOptions.FromRetryHandler(async r =>
        {
            if (!r.OrchestrationContext.IsReplaying) seen.Add($"{r.LastAttemptNumber} {r.LastFailure.ErrorMessage} {r.TotalRetryTime.TotalSeconds}");
            await r.OrchestrationContext.CreateTimer(TimeSpan.FromSeconds(7), CancellationToken.None);
            return r.LastAttemptNumber < 3;
        }));

        Assert.Equal(3, attempts.Count);
        Assert.Equal(["1 later 0", "2 later 7", "3 later 14"], seen);
    }

    [Fact]
    public async Task A_wait_between_attempts_survives_a_restart_and_the_attempts_are_counted_on()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var runs = 0;
        await using var harness = new EngineHarness { Time = time };
        harness.Activity<int>("Never", _ => { Interlocked.Increment(ref runs); throw new TimeoutException("later"); })
            .Orchestrator("Retry", async c => await c.CallActivityAsync<int>("Never", 0, new TaskOptions(new RetryPolicy(3, TimeSpan.FromHours(1))))).Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Retry");

        for (var attempt = 1; attempt < 3; attempt++)
        {
            await harness.UntilTurns(id, 2 * attempt);
            await harness.RestartAsync();
            time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await harness.EndOf(id)).RuntimeStatus);
        Assert.Equal(3, runs);
    }

    private static RetryPolicy Policy(string name)
    {
        var wait = TimeSpan.FromSeconds(10);
        return name switch
        {
            "the same wait each time" => new RetryPolicy(4, wait),
            "twice as long each time" => new RetryPolicy(4, wait, 2),
            "twice as long up to a maximum" => new RetryPolicy(4, wait, 2, TimeSpan.FromSeconds(25)),
            "twice as long without a maximum" => new RetryPolicy(4, wait, 2, Timeout.InfiniteTimeSpan),
            "no new attempt once the retry timeout has passed" => new RetryPolicy(10, wait, 2, null, TimeSpan.FromSeconds(30)),
            "one attempt" => new RetryPolicy(1, wait),
            "not this failure" => new RetryPolicy(5, wait) { HandleFailure = f => !f.IsCausedBy<TimeoutException>() },
            "a timeout beyond all attempts" => new RetryPolicy(4, wait, 1, null, TimeSpan.FromDays(1)),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }

    /// <summary>Runs an activity that always fails and returns when each attempt was made.</summary>
    private static async Task<List<DateTimeOffset>> AttemptsAsync(TaskOptions options)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var attempts = new List<DateTimeOffset>();
        await using var harness = new EngineHarness { Time = time };
        harness.Activity<int>("Never", _ =>
            {
                lock (attempts) attempts.Add(time.GetUtcNow());
                throw new TimeoutException("later");
            })
            .Orchestrator("Retry", async c => await c.CallActivityAsync<int>("Never", 0, options)).Start();
        var id = await harness.Client.ScheduleNewOrchestrationInstanceAsync("Retry");

        // The clock is moved exactly to each timer that has been stored.
        var fired = DateTime.MinValue;
        while (harness.Engine.FindUnfinished(id) is { } instance)
        {
            var next = harness.Engine.Store.Load(instance.Key).Turns.SelectMany(turn => turn.Decisions).OfType<TimerCreated>().LastOrDefault();
            if (next is not null && next.FireAt > fired) time.SetUtcNow(fired = next.FireAt);
            await Task.Delay(5);
        }

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await harness.EndOf(id)).RuntimeStatus);
        return attempts;
    }
}
