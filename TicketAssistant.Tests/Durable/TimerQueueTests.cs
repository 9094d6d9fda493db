extern alias runtime;

using runtime::TicketAssistant.LocalFunctions.Durable;
using Xunit;

namespace TicketAssistant.Tests.Durable;

public sealed class TimerQueueTests
{
    [Fact]
    public void Timers_of_instances_that_have_ended_are_let_go_long_before_they_are_due()
    {
        using var queue = new TimerQueue(TimeProvider.System, (_, _) => { });
        var waiting = new Instance(1, "waiting", "Waits");
        for (var i = 0; i < 100; i++) queue.Add(DateTime.UtcNow.AddYears(1), waiting, default);

        for (var i = 0; i < 20_000; i++)
            queue.Add(DateTime.UtcNow.AddYears(1), new Instance(2, "ended", "Ends") { Gone = true }, default);

        Assert.InRange(queue.Count, 100, 2_000);
    }

    [Fact]
    public async Task A_sweep_loses_no_timer_that_is_still_wanted()
    {
        var fired = 0;
        var all = new TaskCompletionSource();
        using var queue = new TimerQueue(TimeProvider.System, (_, _) =>
        {
            if (Interlocked.Increment(ref fired) == 5_000) all.SetResult();
        });
        var waiting = new Instance(1, "waiting", "Waits");
        var due = DateTime.UtcNow.AddMilliseconds(200);

        for (var i = 0; i < 5_000; i++) queue.Add(due, waiting, default);

        await all.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
