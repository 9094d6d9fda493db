using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>
/// An orchestrator's code under way. It is told turn by turn what has happened: what the history holds, to bring new code to
/// where it was, then what is new. Between turns it rests, and can be kept or let go of. One thread at a time.
/// </summary>
internal sealed class OrchestratorExecution : IDisposable
{
    private readonly OrchestratorHandler _handler;
    private readonly TurnSynchronizationContext _turnContext;
    private readonly Queue<HistoryEvent> _held = new();
    private Task<object?>? _code;
    private volatile bool _endedElsewhere;
    private volatile bool _foreign;

    /// <param name="instance">Whose code it is.</param>
    /// <param name="handler">The code.</param>
    /// <param name="converter">Turns payloads to JSON and back.</param>
    /// <param name="loggerFactory">Makes what the code writes its lines to.</param>
    /// <param name="onForeign">Called, from any thread, when the code is caught awaiting something that is not durable.</param>
    public OrchestratorExecution(
        Instance instance, OrchestratorHandler handler, DataConverter converter, ILoggerFactory loggerFactory, Action onForeign)
    {
        _handler = handler;
        _turnContext = new TurnSynchronizationContext(() =>
        {
            _foreign = true;
            onForeign();
        });
        Context = new ReplayContext(instance, _turnContext, converter, loggerFactory);
    }

    /// <summary>What the code sees.</summary>
    public ReplayContext Context { get; }

    /// <summary>The code's outcome when it has ended, else null.</summary>
    public Task<object?>? Ended => _code is { IsCompleted: true } ? _code : null;

    /// <summary>True while what happens is kept and not told to the code.</summary>
    public bool Suspended { get; private set; }

    /// <summary>True when the code was caught awaiting something that is not durable.</summary>
    public bool AwaitsForeign => _foreign || _endedElsewhere;

    /// <summary>What is kept until the orchestration is resumed, in order.</summary>
    public IEnumerable<HistoryEvent> Held => _held;

    /// <summary>Runs what belongs to one turn on the calling thread, which is the code's for so long.</summary>
    public T Turn<T>(Func<T> run)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_turnContext);
        _turnContext.Begin();
        try
        {
            return run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
            _turnContext.End();
        }
    }

    /// <summary>Tells the code what has happened. Only within <see cref="Turn"/>.</summary>
    /// <returns>How many of the inputs it was told, or are held for it.</returns>
    public int Tell(IReadOnlyList<HistoryEvent> happened)
    {
        _code ??= Start();
        _turnContext.Drain();
        var told = 0;
        foreach (var input in happened)
        {
            if (_code.IsCompleted || input is ExecutionTerminated or ExecutionBroken) break;
            told++;
            if (input is ExecutionSuspended) Suspended = true;
            else if (input is ExecutionResumed) Suspended = false;
            else _held.Enqueue(input);
            while (!Suspended && !_code.IsCompleted && _held.TryDequeue(out var next))
            {
                Context.Apply(next);
                _turnContext.Drain();
            }
        }

        return told;
    }

    /// <summary>Lets go of the code: where it still waits, it is never resumed.</summary>
    public void Dispose() => _turnContext.Release();

    private Task<object?> Start()
    {
        Task<object?> started;
        try
        {
            started = _handler(Context);
        }
        catch (Exception e)
        {
            // A handler that is not async throws directly; it is the orchestrator's failure all the same.
            started = Task.FromException<object?>(e);
        }

        if (!started.IsCompleted)
        {
            started.ContinueWith(
                _ => _endedElsewhere = !_turnContext.IsThread,
                CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
        }

        return started;
    }
}
