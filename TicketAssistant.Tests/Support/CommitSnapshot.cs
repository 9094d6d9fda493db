using System.Diagnostics;

namespace TicketAssistant.Tests.Support;

/// <summary>
/// What a process would leave behind that is killed right after the given commit: a copy of the engine's files, taken on its
/// writer's thread, on which nothing is being written at that moment.
/// </summary>
internal sealed class CommitSnapshot : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<IDisposable> _subscriptions = [];
    private readonly string _database;
    private readonly string _target;
    private int _left;

    /// <summary>Watches the engine of <paramref name="database"/> from now on.</summary>
    public CommitSnapshot(string database, int commits, string targetFolder)
    {
        (_database, _left, _target) = (database, commits, targetFolder);
        var all = DiagnosticListener.AllListeners.Subscribe(this);
        lock (_subscriptions) _subscriptions.Add(all);
    }

    /// <summary>Completes when the copy is there.</summary>
    public Task Taken => _taken.Task;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name != "TicketAssistant.Checkpoints") return;
        lock (_subscriptions) _subscriptions.Add(value.Subscribe(this));
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Key != "durable.commit" || value.Value as string != _database || Interlocked.Decrement(ref _left) != 0) return;
        foreach (var suffix in new[] { "", "-wal" })
        {
            if (File.Exists(_database + suffix)) File.Copy(_database + suffix, Path.Combine(_target, "durable.db" + suffix), overwrite: true);
        }

        _taken.TrySetResult();
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    public void Dispose()
    {
        lock (_subscriptions) _subscriptions.ForEach(subscription => subscription.Dispose());
    }
}
