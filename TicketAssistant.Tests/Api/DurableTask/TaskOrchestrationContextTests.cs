using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Xunit;

namespace TicketAssistant.Tests.Api.DurableTask;

public sealed class TaskOrchestrationContextTests
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    [Fact]
    public async Task An_event_in_time_is_returned_and_its_timer_cancelled()
    {
        using var context = new HandDrivenContext();
        Task<string> wait = context.WaitForExternalEvent<string>("Confirmed", s_day);

        context.Event.SetResult("yes");

        Assert.Equal("yes", await wait);
        Assert.True(context.Timer.Task.IsCanceled);
        Assert.Equal(context.CurrentUtcDateTime + s_day, context.FireAt);
    }

    [Fact]
    public async Task An_event_that_never_comes_ends_as_a_cancelled_wait()
    {
        using var context = new HandDrivenContext();
        Task<string> wait = context.WaitForExternalEvent<string>("Confirmed", s_day);

        context.Timer.SetResult();

        await Assert.ThrowsAsync<TaskCanceledException>(() => wait);
        Assert.True(context.Event.Task.IsCanceled);
    }

    [Fact]
    public async Task Giving_the_wait_up_cancels_event_and_timer()
    {
        using var context = new HandDrivenContext();
        using var giveUp = new CancellationTokenSource();
        Task<string> wait = context.WaitForExternalEvent<string>("Confirmed", s_day, giveUp.Token);

        await giveUp.CancelAsync();

        await Assert.ThrowsAsync<TaskCanceledException>(() => wait);
        Assert.True(context.Timer.Task.IsCanceled);
    }

    [Fact]
    public void A_replay_safe_logger_is_silent_while_replaying()
    {
        using var context = new HandDrivenContext { Replaying = true };
        ILogger logger = context.CreateReplaySafeLogger("orchestrator");

        logger.LogWarning("first");
        bool enabledInReplay = logger.IsEnabled(LogLevel.Warning);
        context.Replaying = false;
        logger.LogWarning("second");

        Assert.False(enabledInReplay);
        Assert.Equal(["second"], context.Logged);
    }

    [Fact]
    public void A_new_version_is_never_dropped_silently()
    {
        using var context = new HandDrivenContext();

        Assert.Throws<NotSupportedException>(() => context.ContinueAsNew(new ContinueAsNewOptions { NewVersion = "2" }));
        context.ContinueAsNew(new ContinueAsNewOptions { NewInput = 7, PreserveUnprocessedEvents = false });

        Assert.Equal((7, false), context.Continued);
    }

    /// <summary>A context whose one event and one timer the test completes.</summary>
    private sealed class HandDrivenContext : TaskOrchestrationContext, ILoggerFactory, ILogger
    {
        public TaskCompletionSource<string> Event { get; } = new();

        public TaskCompletionSource Timer { get; } = new();

        public DateTime FireAt { get; private set; }

        public bool Replaying { get; set; }

        public List<string> Logged { get; } = [];

        public (object?, bool) Continued { get; private set; }

        public override TaskName Name => "Hand";

        public override string InstanceId => "hand-1";

        public override ParentOrchestrationInstance? Parent => null;

        public override DateTime CurrentUtcDateTime { get; } = new(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);

        public override bool IsReplaying => Replaying;

        protected override ILoggerFactory LoggerFactory => this;

        public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
        {
            FireAt = fireAt;
            cancellationToken.Register(() => Timer.TrySetCanceled());
            return Timer.Task;
        }

        public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
        {
            cancellationToken.Register(() => Event.TrySetCanceled());
            return (Task<T>)(object)Event.Task;
        }

        public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
            => Continued = (newInput, preserveUnprocessedEvents);

        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => Logged.Add(formatter(state, exception));

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public override T GetInput<T>() => throw new NotSupportedException();

        public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
            => throw new NotSupportedException();

        public override Task<TResult> CallSubOrchestratorAsync<TResult>(
            TaskName orchestratorName, object? input = null, TaskOptions? options = null)
            => throw new NotSupportedException();

        public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

        public override void SetCustomStatus(object? customStatus) => throw new NotSupportedException();

        public override Guid NewGuid() => throw new NotSupportedException();
    }
}
