using Microsoft.Extensions.Logging;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

public sealed class StopTests
{
    [Fact]
    public async Task A_running_activity_may_end_its_result_is_stored_and_the_next_one_waits_for_the_next_start()
    {
        await using var harness = new EngineHarness { StopTimeout = TimeSpan.FromSeconds(20) };
        var (entered, leave, first, second) = (new TaskCompletionSource(), new TaskCompletionSource(), 0, 0);
        harness.Activity<int>("First", async x =>
            {
                first++;
                entered.SetResult();
                await leave.Task;
                return x;
            })
            .Activity<int>("Second", x => { second++; return x; })
            .Orchestrator("Two", async c => await c.CallActivityAsync<int>("First", 1) + await c.CallActivityAsync<int>("Second", 2)).Start();
        var id = await harness.BeginAsync("Two");
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(10));

        var stopping = harness.StopAsync();
        leave.SetResult();
        await stopping;
        Assert.Equal((1, 0), (first, second));
        harness.Start();

        Assert.Equal(3, (await harness.EndOf(id)).ReadOutputAs<int>());
        Assert.Equal((1, 1), (first, second));
    }

    [Fact]
    public async Task One_that_does_not_end_in_time_is_left_behind_with_a_warning_and_runs_again()
    {
        var lines = new LogLines();
        await using var harness = new EngineHarness { Loggers = lines, StopTimeout = TimeSpan.FromMilliseconds(100) };
        var runs = 0;
        harness.Activity<int>("Hangs", async x =>
            {
                if (Interlocked.Increment(ref runs) == 1) await Task.Delay(Timeout.Infinite);
                return x;
            })
            .Orchestrator("One", async c => await c.CallActivityAsync<int>("Hangs", 1)).Start();
        var id = await harness.BeginAsync("One");
        await EngineHarness.Until(() => runs == 1);

        await harness.RestartAsync();

        Assert.Equal(1, (await harness.EndOf(id)).ReadOutputAs<int>());
        Assert.Equal(2, runs);
        Assert.Contains(lines.All, line => line.Level == LogLevel.Warning && line.Text.Contains("they will run again at the next start", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_orchestration_that_never_waits_cannot_hold_up_the_stop()
    {
        await using var harness = new EngineHarness { StopTimeout = TimeSpan.FromMilliseconds(100) };
        harness.Orchestrator("Spins", c =>
        {
            c.ContinueAsNew(c.GetInput<int>() + 1);
            return Task.FromResult<object?>(null);
        }).Start();
        await harness.BeginAsync("Spins", 0);

        await harness.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }
}
