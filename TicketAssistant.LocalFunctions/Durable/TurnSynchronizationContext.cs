namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>
/// Runs an orchestrator's continuations one after the other on the thread of its turn. A continuation that arrives from
/// another thread means that the code awaited something that is not durable; it is never run.
/// </summary>
internal sealed class TurnSynchronizationContext(Action onForeign) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile bool _ended;
    private Action? _atEnd;

    /// <summary>True on the thread of the turn, while the turn lasts.</summary>
    public bool IsCurrent => !_ended && Environment.CurrentManagedThreadId == _thread && Current == this;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (_ended || Environment.CurrentManagedThreadId != _thread) onForeign();
        else _queue.Enqueue((d, state));
    }

    public override void Send(SendOrPostCallback d, object? state) =>
        throw new NotSupportedException("An orchestrator cannot wait synchronously.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs what is queued, and what that queues, until nothing is left.</summary>
    public void Drain()
    {
        while (_queue.TryDequeue(out var next)) next.Callback(next.State);
    }

    /// <summary>Has something done when the turn is over, outside of it.</summary>
    public void OnEnd(Action action) => _atEnd += action;

    /// <summary>Ends the turn: whatever arrives later is foreign.</summary>
    public void End()
    {
        _ended = true;
        _atEnd?.Invoke();
    }
}
