extern alias runtime;

using Microsoft.Extensions.Time.Testing;
using runtime::TicketAssistant.LocalFunctions.Durable;
using Xunit;

namespace TicketAssistant.Tests.Durable;

public sealed class TimerQueueTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly List<string> _fired = [];

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

    [Fact]
    public void Few_timers_are_not_swept_and_after_a_sweep_as_many_may_gather_again()
    {
        using var queue = Queue();
        for (var i = 0; i < 1024; i++) Add(queue, "ended", 1, gone: true);
        Assert.Equal(1024, queue.Count);

        Add(queue, "waiting", 1);
        Assert.Equal(1, queue.Count);

        for (var i = 0; i < 1023; i++) Add(queue, "ended", 1, gone: true);
        Assert.Equal(1024, queue.Count);
    }

    [Fact]
    public void Where_many_are_wanted_a_sweep_comes_only_when_they_have_doubled()
    {
        using var queue = Queue();
        for (var i = 0; i < 1500; i++) Add(queue, "waiting", 1);

        for (var i = 0; i < 548; i++) Add(queue, "ended", 1, gone: true);
        Assert.Equal(2048, queue.Count);

        Add(queue, "waiting", 1);
        Assert.Equal(1501, queue.Count);
    }

    [Fact]
    public void Each_timer_fires_when_it_is_due_in_whatever_order_they_came()
    {
        using var queue = Queue();
        Add(queue, "third", 3);
        Add(queue, "first", 1);
        Add(queue, "second", 2);

        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(_fired);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(["first"], _fired);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["first", "second"], _fired);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(["first", "second", "third"], _fired);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public void One_that_is_due_already_fires_at_once()
    {
        using var queue = Queue();

        Add(queue, "past", -1);
        Add(queue, "now", 0);

        Assert.Equal(["past", "now"], _fired);
    }

    [Fact]
    public void Of_an_instance_that_has_ended_none_fires()
    {
        using var queue = Queue();
        Add(queue, "ended", 1, gone: true);
        Add(queue, "waiting", 1);

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(["waiting"], _fired);
        Assert.Equal(0, queue.Count);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(24)]
    [InlineData(24 * 365)]
    public void However_long_the_wait_it_ends_on_time(int hours)
    {
        using var queue = Queue();
        Add(queue, "late", hours);

        for (var hour = 1; hour < hours; hour++) _time.Advance(TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Empty(_fired);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["late"], _fired);
    }

    [Fact]
    public void None_fires_before_its_time_not_even_by_a_part_of_a_millisecond()
    {
        var seen = new List<DateTime>();
        var due = _time.GetUtcNow().UtcDateTime.AddTicks(15_001);
        using var queue = new TimerQueue(_time, (_, _) => seen.Add(_time.GetUtcNow().UtcDateTime));
        queue.Add(due, new Instance(1, "one", "Waits"), default);

        for (var i = 0; i < 3; i++) _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal([_time.GetUtcNow().UtcDateTime.AddMilliseconds(-1)], seen);
    }

    [Fact]
    public void None_fires_after_the_end_neither_one_that_was_held_nor_one_that_comes_later()
    {
        var (used, unused) = (Queue(), Queue());
        Add(used, "second", 2);
        Add(used, "first", 1);

        used.Dispose();
        unused.Dispose();
        foreach (var queue in new[] { used, unused })
        {
            Add(queue, "late", 1);
            Add(queue, "at once", 0);
        }

        _time.Advance(TimeSpan.FromHours(3));

        Assert.Empty(_fired);
    }

    private TimerQueue Queue() => new(_time, (instance, _) => _fired.Add(instance.Id));

    private void Add(TimerQueue queue, string id, int hours, bool gone = false) =>
        queue.Add(_time.GetUtcNow().UtcDateTime.AddHours(hours), new Instance(1, id, "Waits") { Gone = gone }, default);
}
