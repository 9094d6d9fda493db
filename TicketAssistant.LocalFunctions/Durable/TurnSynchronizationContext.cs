namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>
/// Runs an orchestrator's continuations one after the other on the thread of its turn. A continuation that arrives from
/// another thread, or between turns, means that the code awaited something that is not durable; it is never run.
/// </summary>
internal sealed class TurnSynchronizationContext(Action onForeign) : SynchronizationContext
{
    private const int Nobody = -1;

    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private volatile int _thread = Nobody;
    private Action? _atRelease;

    /// <summary>True on the thread of the turn, while the turn lasts.</summary>
    public bool IsThread => Environment.CurrentManagedThreadId == _thread;

    /// <summary>True on the thread of the turn, in code that this context runs.</summary>
    public bool IsCurrent => IsThread && Current == this;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsThread) _queue.Enqueue((d, state));
        else onForeign();
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("An orchestrator cannot wait synchronously.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs what is queued, and what that queues, until nothing is left.</summary>
    public void Drain()
    {
        while (_queue.TryDequeue(out var next)) next.Callback(next.State);
    }

    /// <summary>Begins a turn: the calling thread is the code's.</summary>
    public void Begin() => _thread = Environment.CurrentManagedThreadId;

    /// <summary>Ends the turn: whatever arrives until the next is foreign.</summary>
    public void End() => _thread = Nobody;

    /// <summary>Has something done when the code is let go of.</summary>
    public void OnRelease(Action action) => _atRelease += action;

    /// <summary>Lets go of the code: it has ended, or is begun anew for its next turn.</summary>
    public void Release() => Interlocked.Exchange(ref _atRelease, null)?.Invoke();
}
