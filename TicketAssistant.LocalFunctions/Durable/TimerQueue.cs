namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>Holds what is due later and hands it out when it is; any length, any number, one wait at a time.</summary>
internal sealed class TimerQueue(TimeProvider time, Action<Instance, Message> fire) : IDisposable
{
    // Longer waits are taken in pieces: a timer's own limit is 49 days.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(12);

    private const int FirstSweep = 1024;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<(Instance Instance, Message Message), DateTime> _due = new();
    private ITimer? _timer;
    private bool _disposed;
    private int _sweepAt = FirstSweep;

    /// <summary>How many are held.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _due.Count;
        }
    }

    public void Add(DateTime dueUtc, Instance instance, Message message)
    {
        lock (_gate)
        {
            if (_due.Count >= _sweepAt) Sweep();
            _due.Enqueue((instance, message), dueUtc);
            if (_due.TryPeek(out _, out var first) && first == dueUtc) Arm();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
        }
    }

    /// <summary>Lets go of what belongs to instances that have ended; a time limit that was not needed may lie years ahead.</summary>
    private void Sweep()
    {
        var live = _due.UnorderedItems.Where(item => !item.Element.Instance.Gone).ToList();
        _due.Clear();
        _due.EnqueueRange(live);
        _sweepAt = Math.Max(FirstSweep, 2 * live.Count);
    }

    private void Arm()
    {
        if (_disposed || !_due.TryPeek(out _, out var first)) return;
        var wait = first - time.GetUtcNow().UtcDateTime;
        if (wait < TimeSpan.Zero) wait = TimeSpan.Zero;
        if (wait > LongestWait) wait = LongestWait;
        _timer ??= time.CreateTimer(_ => Elapsed(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // Rounded up: a timer must never make the orchestrator see a time before the one it asked for.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    private void Elapsed()
    {
        var now = time.GetUtcNow().UtcDateTime;
        List<(Instance Instance, Message Message)> ready = [];
        lock (_gate)
        {
            while (_due.TryPeek(out var next, out var dueUtc) && dueUtc <= now)
            {
                _due.Dequeue();
                ready.Add(next);
            }

            Arm();
        }

        foreach (var (instance, message) in ready)
        {
            if (!instance.Gone) fire(instance, message);
        }
    }
}
