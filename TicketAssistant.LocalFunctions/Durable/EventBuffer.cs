namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>
/// External events of one replay: early ones are kept until asked for, in order; names ignore case. Of
/// several waits for one name the latest is served first, as by the real worker, so that a wait that was given up without
/// being cancelled swallows nothing.
/// </summary>
internal sealed class EventBuffer
{
    private readonly List<EventRaised> _early = [];
    private readonly Dictionary<string, LinkedList<TaskCompletionSource<string?>>> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private int _waiting;

    public bool HasWaiters => _waiting > 0;

    /// <summary>What nobody has asked for yet, in order.</summary>
    public IReadOnlyList<EventRaised> Unconsumed => _early;

    public void Raise(string name, string? data)
    {
        if (_waiters.TryGetValue(name, out var waiters) && waiters.Last is { } latest)
        {
            waiters.RemoveLast();
            _waiting--;
            latest.Value.TrySetResult(data);
            return;
        }

        _early.Add(new EventRaised(name, data));
    }

    public async Task<string?> WaitAsync(string name, CancellationToken cancellationToken)
    {
        if (_early.FindIndex(e => e.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is var early and >= 0)
        {
            var data = _early[early].Data;
            _early.RemoveAt(early);
            return data;
        }

        if (!_waiters.TryGetValue(name, out var waiters)) _waiters.Add(name, waiters = []);
        var node = waiters.AddLast(new TaskCompletionSource<string?>());
        _waiting++;
        using var registration = cancellationToken.Register(() =>
        {
            // A wait that was given up must not swallow the event.
            if (node.List is null) return;
            waiters.Remove(node);
            _waiting--;
            node.Value.TrySetCanceled(cancellationToken);
        });
        return await node.Value.Task;
    }
}
