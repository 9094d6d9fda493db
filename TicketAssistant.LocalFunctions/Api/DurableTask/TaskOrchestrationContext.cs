using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>
/// What an orchestrator works with. Its code is replayed from the start in every turn, so it must do the same each time:
/// everything that varies or waits goes through this context, and nothing but its tasks may be awaited.
/// </summary>
public abstract class TaskOrchestrationContext
{
    /// <summary>The orchestrator's name.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The instance's id.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The orchestration that called this one; null where a client started it.</summary>
    public abstract ParentOrchestrationInstance? Parent { get; }

    /// <summary>The time of the current step in UTC, the same in every replay.</summary>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <summary>Whether the code is repeating what history already holds.</summary>
    public abstract bool IsReplaying { get; }

    /// <summary>The version that the instance was started with; empty for none.</summary>
    public virtual string Version => "";

    /// <summary>Makes the loggers behind <see cref="CreateReplaySafeLogger(string)"/>.</summary>
    protected abstract ILoggerFactory LoggerFactory { get; }

    /// <summary>The input.</summary>
    /// <typeparam name="T">The type to read it as.</typeparam>
    /// <returns>The input; the type's default where none was given.</returns>
    public abstract T? GetInput<T>();

    /// <summary>Calls an activity without input.</summary>
    /// <param name="name">The activity's name.</param>
    /// <param name="options">How to run it.</param>
    /// <returns>Completes when the activity has.</returns>
    /// <exception cref="TaskFailedException">The activity failed and is not tried again.</exception>
    public virtual Task CallActivityAsync(TaskName name, TaskOptions options) => CallActivityAsync(name, null, options);

    /// <summary>Calls an activity.</summary>
    /// <param name="name">The activity's name.</param>
    /// <param name="input">Its input, which is stored in history.</param>
    /// <param name="options">How to run it.</param>
    /// <returns>Completes when the activity has.</returns>
    /// <exception cref="TaskFailedException">The activity failed and is not tried again.</exception>
    public virtual Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null)
        => CallActivityAsync<object>(name, input, options);

    /// <summary>Calls an activity without input, for its result.</summary>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="name">The activity's name.</param>
    /// <param name="options">How to run it.</param>
    /// <returns>The activity's result.</returns>
    /// <exception cref="TaskFailedException">The activity failed and is not tried again.</exception>
    public virtual Task<TResult> CallActivityAsync<TResult>(TaskName name, TaskOptions options)
        => CallActivityAsync<TResult>(name, null, options);

    /// <summary>Calls an activity, for its result.</summary>
    /// <typeparam name="TResult">The type of the result.</typeparam>
    /// <param name="name">The activity's name.</param>
    /// <param name="input">Its input, which is stored in history.</param>
    /// <param name="options">How to run it.</param>
    /// <returns>The activity's result.</returns>
    /// <exception cref="TaskFailedException">The activity failed and is not tried again.</exception>
    public abstract Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);

    /// <summary>Sets a durable timer.</summary>
    /// <param name="delay">How long from <see cref="CurrentUtcDateTime"/>.</param>
    /// <param name="cancellationToken">Cancels the timer.</param>
    /// <returns>Completes when the time has come.</returns>
    /// <exception cref="TaskCanceledException">The timer was cancelled.</exception>
    public virtual Task CreateTimer(TimeSpan delay, CancellationToken cancellationToken)
        => CreateTimer(CurrentUtcDateTime.Add(delay), cancellationToken);

    /// <summary>Sets a durable timer.</summary>
    /// <param name="fireAt">When, in UTC.</param>
    /// <param name="cancellationToken">Cancels the timer.</param>
    /// <returns>Completes when the time has come.</returns>
    /// <exception cref="TaskCanceledException">The timer was cancelled.</exception>
    public abstract Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken);

    /// <summary>Waits for an event that a client or another orchestration raises. One that came before is kept and taken at once.</summary>
    /// <typeparam name="T">The type to read the payload as.</typeparam>
    /// <param name="eventName">The event's name, in any case.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    /// <returns>The event's payload.</returns>
    /// <exception cref="TaskCanceledException">The wait was given up.</exception>
    public abstract Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default);

    /// <summary>Waits for an event, but not for ever.</summary>
    /// <typeparam name="T">The type to read the payload as.</typeparam>
    /// <param name="eventName">The event's name, in any case.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>The event's payload.</returns>
    /// <exception cref="TaskCanceledException">The time ran out.</exception>
    public Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout)
        => WaitForExternalEvent<T>(eventName, timeout, CancellationToken.None);

    /// <summary>Waits for an event, but not for ever.</summary>
    /// <typeparam name="T">The type to read the payload as.</typeparam>
    /// <param name="eventName">The event's name, in any case.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Gives the wait up.</param>
    /// <returns>The event's payload.</returns>
    /// <exception cref="TaskCanceledException">The time ran out or the wait was given up.</exception>
    public async Task<T> WaitForExternalEvent<T>(string eventName, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var timerCancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var eventCancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task timer = CreateTimer(timeout, timerCancellation.Token);
        Task<T> received = WaitForExternalEvent<T>(eventName, eventCancellation.Token);

        Task first = await Task.WhenAny(timer, received);

        // Not CancelAsync: it would leave the orchestrator's thread.
        CancellationTokenSource loser = first == received ? timerCancellation : eventCancellation;
        loser.Cancel();
        return await received;
    }

    /// <summary>Raises an event for another orchestration; it is dropped where there is no such instance.</summary>
    /// <param name="instanceId">The other's instance id.</param>
    /// <param name="eventName">The event's name.</param>
    /// <param name="payload">What to send.</param>
    public abstract void SendEvent(string instanceId, string eventName, object payload);

    /// <summary>Publishes a value for clients to see while the orchestration goes on.</summary>
    /// <param name="customStatus">The value; null clears it.</param>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>Calls a sub-orchestration without input.</summary>
    /// <param name="orchestratorName">The orchestrator's name.</param>
    /// <param name="options">How to run it.</param>
    /// <returns>Completes when the sub-orchestration has.</returns>
    /// <exception cref="TaskFailedException">The sub-orchestration failed and is not tried again.</exception>
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, TaskOptions options)
        => CallSubOrchestratorAsync(orchestratorName, null, options);

    /// <summary>Calls a sub-orchestration.</summary>
    /// <param name="orchestratorName">The orchestrator's name.</param>
    /// <param name="input">Its input.</param>
    /// <param name="options">How to run it; <see cref="SubOrchestrationOptions"/> also name its instance id.</param>
    /// <returns>Completes when the sub-orchestration has.</returns>
    /// <exception cref="TaskFailedException">The sub-orchestration failed and is not tried again.</exception>
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
        => CallSubOrchestratorAsync<object>(orchestratorName, input, options);

    /// <summary>Calls a sub-orchestration without input, for its output.</summary>
    /// <typeparam name="TResult">The type of the output.</typeparam>
    /// <param name="orchestratorName">The orchestrator's name.</param>
    /// <param name="options">How to run it.</param>
    /// <returns>The sub-orchestration's output.</returns>
    /// <exception cref="TaskFailedException">The sub-orchestration failed and is not tried again.</exception>
    public virtual Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, TaskOptions options)
        => CallSubOrchestratorAsync<TResult>(orchestratorName, null, options);

    /// <summary>Calls a sub-orchestration, for its output.</summary>
    /// <typeparam name="TResult">The type of the output.</typeparam>
    /// <param name="orchestratorName">The orchestrator's name.</param>
    /// <param name="input">Its input.</param>
    /// <param name="options">How to run it; <see cref="SubOrchestrationOptions"/> also name its instance id.</param>
    /// <returns>The sub-orchestration's output.</returns>
    /// <exception cref="TaskFailedException">The sub-orchestration failed and is not tried again.</exception>
    public abstract Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null);

    /// <summary>Starts the orchestration over with an empty history, once the current turn has ended.</summary>
    /// <param name="newInput">The input of the next generation.</param>
    /// <param name="preserveUnprocessedEvents">Whether events that nobody has received yet go with it.</param>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <summary>Starts the orchestration over with an empty history, once the current turn has ended.</summary>
    /// <param name="options">The next generation's input and version.</param>
    /// <exception cref="NotSupportedException">A new version is asked for and this context can't change it.</exception>
    public virtual void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.NewVersion is not null)
        {
            throw new NotSupportedException($"{GetType()} can't continue as new with another version ({options.NewVersion}).");
        }

        ContinueAsNew(options.NewInput, options.PreserveUnprocessedEvents);
    }

    /// <summary>A new GUID, the same in every replay.</summary>
    /// <returns>The GUID.</returns>
    public abstract Guid NewGuid();

    /// <summary>A logger that writes nothing during replay, so that each line appears once.</summary>
    /// <param name="categoryName">The category.</param>
    /// <returns>The logger.</returns>
    public virtual ILogger CreateReplaySafeLogger(string categoryName)
        => new ReplaySafeLogger(this, LoggerFactory.CreateLogger(categoryName));

    /// <summary>A logger that writes nothing during replay, so that each line appears once.</summary>
    /// <param name="type">The type that names the category.</param>
    /// <returns>The logger.</returns>
    public virtual ILogger CreateReplaySafeLogger(Type type) => new ReplaySafeLogger(this, LoggerFactory.CreateLogger(type));

    /// <summary>A logger that writes nothing during replay, so that each line appears once.</summary>
    /// <typeparam name="T">The type that names the category.</typeparam>
    /// <returns>The logger.</returns>
    public virtual ILogger CreateReplaySafeLogger<T>() => new ReplaySafeLogger(this, LoggerFactory.CreateLogger<T>());
}
