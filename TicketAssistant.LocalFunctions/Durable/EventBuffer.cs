namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>
/// External events of one replay: early ones are kept until asked for, in order; names ignore case. Of
/// several waits for one name the latest is served first, as by the real worker, so that a wait that was given up without
/// being cancelled swallows nothing.
/// </summary>
internal sealed class EventBuffer
{
    private readonly List<EventRaised> _early = [];
    private readonly Dictionary<string, LinkedList<Wait>> _waits = new(StringComparer.OrdinalIgnoreCase);
    private List<EventWait>? _changes;
    private int _begun;
    private int _waiting;

    public bool HasWaiters => _waiting > 0;

    /// <summary>What nobody has asked for yet, in order.</summary>
    public IReadOnlyList<EventRaised> Unconsumed => _early;

    /// <summary>Waits that have begun or ended since the last time; null where none has, and for those that did both.</summary>
    public IReadOnlyList<EventWait>? TakeChanges()
    {
        var changes = _changes is { Count: > 0 } ? _changes : null;
        _changes = null;
        return changes;
    }

    public void Raise(string name, string? data)
    {
        if (_waits.TryGetValue(name, out var waits) && waits.Last is { } latest)
        {
            End(waits, latest, givenUp: false);
            latest.Value.Source.TrySetResult(data);
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

        if (!_waits.TryGetValue(name, out var waits)) _waits.Add(name, waits = []);
        var node = waits.AddLast(new Wait(_begun++, new TaskCompletionSource<string?>()));
        _waiting++;
        (_changes ??= []).Add(new EventWait(node.Value.Id, name));
        using var registration = cancellationToken.Register(() =>
        {
            // A wait that was given up must not swallow the event.
            if (node.List is null) return;
            End(waits, node, givenUp: true);
            node.Value.Source.TrySetCanceled(cancellationToken);
        });
        return await node.Value.Source.Task;
    }

    private void End(LinkedList<Wait> waits, LinkedListNode<Wait> node, bool givenUp)
    {
        waits.Remove(node);
        _waiting--;
        _changes ??= [];
        if (_changes.RemoveAll(change => change.Id == node.Value.Id) == 0) _changes.Add(new EventWait(node.Value.Id, null) { GivenUp = givenUp });
    }

    private readonly record struct Wait(int Id, TaskCompletionSource<string?> Source);
}
