using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TicketAssistant.LocalFunctions.Hosting;
using Xunit;

namespace TicketAssistant.Tests.Hosting;

public sealed class TimerTests
{
    private static readonly DateTimeOffset s_start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(s_start);
    private readonly Runs _runs = new();

    [Theory]
    [InlineData("*/15 * * * * *", "00:00:15")]
    [InlineData("0 */5 * * * *", "00:05:00")]
    [InlineData("30 0 2 * JAN Tue-Wed", "02:00:30")]
    public void A_schedule_has_seconds_first(string schedule, string after) =>
        Assert.Equal(s_start + TimeSpan.Parse(after), TimerSchedule.Parse(schedule).Next(s_start));

    [Theory]
    [InlineData("*/5 * * * *")]
    [InlineData("00:05:00")]
    [InlineData("%Schedule%")]
    [InlineData("@hourly")]
    [InlineData("0 0 0 L * *")]
    [InlineData("0 0 0 15W * *")]
    [InlineData("0 0 0 * * MON#1")]
    [InlineData("0 0 0 ? * *")]
    [InlineData("0 0 0 * * 7")]
    [InlineData("99 * * * * *")]
    public void What_the_real_host_does_not_understand_is_refused(string schedule) =>
        Assert.Throws<FormatException>(() => TimerSchedule.Parse(schedule));

    [Fact]
    public async Task A_timer_runs_when_it_is_due_and_not_before()
    {
        await using var app = await Hosts.StartAsync(typeof(EveryMinute), Configure);

        await AdvanceUntilAsync(() => _runs.Count == 3);

        Assert.All(_runs.Times, at => Assert.Equal(0, at.Second));
        Assert.Equal(3, _runs.Times.Distinct().Count());
    }

    [Fact]
    public async Task A_failed_run_does_not_end_the_timer()
    {
        _runs.Fail = true;
        await using var app = await Hosts.StartAsync(typeof(EveryMinute), Configure);

        await AdvanceUntilAsync(() => _runs.Count == 2);
    }

    [Fact]
    public async Task A_timer_never_runs_twice_at_once()
    {
        _runs.Gate = new TaskCompletionSource();
        await using var app = await Hosts.StartAsync(typeof(EveryMinute), Configure);
        await AdvanceUntilAsync(() => _runs.Count == 1);

        for (var i = 0; i < 5; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(20);
        }

        Assert.Equal(1, _runs.Count);
        _runs.Gate.SetResult();
        await AdvanceUntilAsync(() => _runs.Count == 2);
        Assert.True(_runs.Times[1] > _runs.Times[0] + TimeSpan.FromMinutes(5), "What fell due during the run was made up for.");
    }

    [Fact]
    public async Task A_timer_runs_at_start_only_where_it_says_so()
    {
        await using (await Hosts.StartAsync(typeof(AtStart), Configure)) await Hosts.Until(() => _runs.Count == 1);
        await using (await Hosts.StartAsync(typeof(EveryMinute), Configure)) await Task.Delay(50);

        Assert.Equal(s_start.UtcDateTime, Assert.Single(_runs.Times));
    }

    private void Configure(FunctionsApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimeProvider>(_time);
        builder.Services.AddSingleton(_runs);
    }

    /// <summary>Lets time pass in steps of ten seconds, with room for the timer to be set again after each.</summary>
    private async Task AdvanceUntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 200 && !condition(); i++)
        {
            _time.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(10);
        }

        Assert.True(condition(), "It did not happen.");
    }

    private sealed class Runs
    {
        private readonly ConcurrentQueue<DateTime> _times = new();

        public bool Fail { get; set; }

        public TaskCompletionSource? Gate { get; set; }

        public int Count => _times.Count;

        public IReadOnlyList<DateTime> Times => [.. _times];

        public async Task RunAsync(DateTimeOffset now)
        {
            _times.Enqueue(now.UtcDateTime);
            if (Gate is { } gate) await gate.Task;
            if (Fail) throw new FormatException("This run fails.");
        }
    }

    private sealed class EveryMinute(Runs runs, TimeProvider time)
    {
        [Function("EveryMinute")]
        public Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer)
        {
            Assert.False(timer.IsPastDue);
            return runs.RunAsync(time.GetUtcNow());
        }
    }

    private sealed class AtStart(Runs runs, TimeProvider time)
    {
        [Function("AtStart")]
        public Task Run([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellationToken) =>
            runs.RunAsync(time.GetUtcNow()).WaitAsync(cancellationToken);
    }
}
