using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets.Events;

/// <summary>
/// Reads, while somebody listens, what has changed in the store, once for all listeners of the process: at once after a change
/// made here, and once a second for those of other instances. Times are given before a change is stored, by clocks that differ a
/// little, so each reading begins <see cref="Overlap"/> before the one before it; what was told already is told only once.
/// </summary>
internal sealed class ChangeFeed(ITicketStore tickets, StoreSignal signal, TimeProvider time, ILogger<ChangeFeed> logger) : IDisposable
{
    /// <summary>The longest that storing may take, with the difference of two instances' clocks, for no change to be missed.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Between two readings, however much is stored.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // A listener who is that far behind is better off beginning anew.
    private const int MostWaiting = 256;

    private const int PageSize = 500;

    private readonly Lock _lock = new();
    private Subscription[] _subscriptions = [];
    private CancellationTokenSource? _reading;
    private long _position;

    /// <summary>What had changed by this time, less <see cref="Overlap"/>, has been told to all who listen.</summary>
    public DateTimeOffset Position => new(Interlocked.Read(ref _position), TimeSpan.Zero);

    /// <summary>Listens to changes from now on of the tickets that <paramref name="sees"/> lets through. To be disposed of.</summary>
    public Subscription Subscribe(Func<TicketStamp, bool> sees)
    {
        var subscription = new Subscription(this, sees);
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions, subscription];
            if (_reading is null)
            {
                _reading = new CancellationTokenSource();
                var from = time.GetStoreNow();
                Interlocked.Exchange(ref _position, from.UtcTicks);
                var stop = _reading.Token;
                _ = Task.Run(() => ReadAsync(from, stop), CancellationToken.None);
            }
        }

        return subscription;
    }

    /// <summary>Ends the reading; who still listens is told nothing more.</summary>
    public void Dispose()
    {
        lock (_lock) StopReading();
    }

    private void Remove(Subscription subscription)
    {
        lock (_lock)
        {
            _subscriptions = [.. _subscriptions.Where(other => other != subscription)];
            if (_subscriptions.Length == 0) StopReading();
        }
    }

    private void StopReading()
    {
        _reading?.Cancel();
        _reading?.Dispose();
        _reading = null;
    }

    private async Task ReadAsync(DateTimeOffset position, CancellationToken stop)
    {
        var told = new Dictionary<Guid, TicketStamp>();
        var isAway = false;
        try
        {
            while (true)
            {
                try
                {
                    var begun = time.GetStoreNow();
                    await ReadOnceAsync(position - Overlap, told, stop);
                    position = begun;
                    Interlocked.Exchange(ref _position, position.UtcTicks);
                    foreach (var old in told.Values.Where(stamp => stamp.UpdatedAt < position - 2 * Overlap).ToList()) told.Remove(old.TicketId);
                    isAway = false;
                }
                catch (StoreUnavailableException e)
                {
                    // Nothing is lost: the next reading begins where this one did.
                    if (!isAway) logger.LogWarning("Events wait for the store: {Reason}", e.Message);
                    isAway = true;
                }

                await Task.Delay(Pause, time, stop);
                await WaitAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            // Whoever listens begins anew, and with them the reading.
            logger.LogError(e, "Events could not be read.");
            lock (_lock)
            {
                if (_reading?.Token == stop) _reading = null;
            }

            foreach (var subscription in _subscriptions) subscription.End();
        }
    }

    private async Task WaitAsync(CancellationToken stop)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(signal.WaitAsync(waiting.Token), Task.Delay(Interval, time, waiting.Token));
        await waiting.CancelAsync();
        stop.ThrowIfCancellationRequested();
    }

    private async Task ReadOnceAsync(DateTimeOffset from, Dictionary<Guid, TicketStamp> told, CancellationToken stop)
    {
        IReadOnlyList<TicketStamp> page = [];
        do
        {
            page = await tickets.ListChangesAsync(from, page.Count == 0 ? null : page[^1], PageSize, stop);
            foreach (var stamp in page)
            {
                if (told.TryGetValue(stamp.TicketId, out var before) && before.Version >= stamp.Version) continue;
                told[stamp.TicketId] = stamp;
                foreach (var subscription in _subscriptions) subscription.Tell(stamp);
            }
        }
        while (page.Count == PageSize);
    }

    /// <summary>One who listens.</summary>
    internal sealed class Subscription(ChangeFeed feed, Func<TicketStamp, bool> sees) : IDisposable
    {
        private readonly Channel<TicketStamp> _waiting = Channel.CreateBounded<TicketStamp>(MostWaiting);

        /// <summary>What has changed; completed where the listener is too slow or the reading has failed.</summary>
        public ChannelReader<TicketStamp> Changes => _waiting.Reader;

        public void Dispose() => feed.Remove(this);

        internal void Tell(TicketStamp stamp)
        {
            if (sees(stamp) && !_waiting.Writer.TryWrite(stamp)) End();
        }

        internal void End() => _waiting.Writer.TryComplete();
    }
}
