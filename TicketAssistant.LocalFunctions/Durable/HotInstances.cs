namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>
/// The resting orchestrations whose history, and code where that is kept, are in memory: at most <paramref name="bound"/>,
/// the one that has rested longest goes first. Whoever runs one takes it out before.
/// </summary>
internal sealed class HotInstances(int bound)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<Instance> _resting = new();

    /// <summary>How many are held.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _resting.Count;
        }
    }

    /// <summary>Takes one in that rests from now on.</summary>
    public void Add(Instance instance)
    {
        OrchestratorExecution? code = null;
        lock (_gate)
        {
            instance.Resting ??= _resting.AddLast(instance);
            if (_resting.Count > bound)
            {
                var coldest = _resting.First!.Value;
                _resting.RemoveFirst();
                coldest.Resting = null;
                code = coldest.Forget();
            }
        }

        code?.Dispose();
    }

    /// <summary>Takes one out, because it runs or never will again.</summary>
    public void Remove(Instance instance)
    {
        lock (_gate)
        {
            if (instance.Resting is not { } node) return;
            _resting.Remove(node);
            instance.Resting = null;
        }
    }
}
