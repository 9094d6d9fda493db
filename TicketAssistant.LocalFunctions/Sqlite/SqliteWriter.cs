using System.Threading.Channels;
using TicketAssistant.Diagnostics;

namespace TicketAssistant.Sqlite;

/// <summary>
/// The one writer of a SQLite file, with group commit: writes that wait together share one transaction and one fsync, and
/// each caller's task completes only after that commit. A write that throws takes nothing with it but itself.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MaxBatch = 1024;

    private readonly Channel<Write> _queue = Channel.CreateUnbounded<Write>(new() { SingleReader = true });
    private readonly SqliteSession _session;
    private readonly string _checkpoint;
    private readonly string _path;
    private readonly Action<int>? _committed;
    private readonly Task _loop;

    /// <summary>Opens (or creates) the file and starts the writer.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="name">Short name for checkpoints, such as <c>durable</c> or <c>store</c>.</param>
    /// <param name="schema">Statements that bring the file to the current schema; must be repeatable.</param>
    /// <param name="committed">Told of each commit how many writes it held, on the writer's thread; must not throw.</param>
    /// <param name="prepare">Has the writing connection first, before the schema; for the functions that its triggers call.</param>
    public SqliteWriter(string path, string name, string schema, Action<int>? committed = null, Action<SqliteSession>? prepare = null)
    {
        _committed = committed;
        _checkpoint = name + ".commit";
        _path = path;
        _session = SqliteSession.Open(path, create: true);
        prepare?.Invoke(_session);
        _session.Run(schema);
        _loop = Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Commits so far, and the writes that they held.</summary>
    public (long Commits, long Writes) Counters => (Interlocked.Read(ref _commits), Interlocked.Read(ref _writes));

    private long _commits;
    private long _writes;

    /// <summary>
    /// Runs <paramref name="work"/> inside the next transaction; the task completes when that transaction is on disk, or
    /// fails with what <paramref name="work"/> or the commit threw, and then nothing of it is stored. The work may be run
    /// again when a neighbour in the batch fails, so it must have no effect besides its statements.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The writer is closed.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> work)
    {
        var write = new Write<T>(work);
        ObjectDisposedException.ThrowIf(!_queue.Writer.TryWrite(write), this);
        return write.Task;
    }

    /// <summary>Commits what is queued, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
    }

    private void Loop()
    {
        var batch = new List<Write>(MaxBatch);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < MaxBatch && _queue.Reader.TryRead(out var write)) batch.Add(write);
            if (TrySettle(batch)) continue;
            // Somebody in the batch failed and it was rolled back: each on its own, so that only the culprit fails.
            foreach (var write in batch) TrySettle([write]);
        }

        _session.Dispose();
    }

    /// <summary>True when all in the batch know what became of them; false when it was rolled back and is to be split.</summary>
    private bool TrySettle(List<Write> batch)
    {
        var begun = false;
        try
        {
            _session.Run("BEGIN IMMEDIATE");
            begun = true;
            foreach (var write in batch) write.Run(_session);
            _session.Run("COMMIT");
        }
        catch (Exception failure)
        {
            if (begun) Rollback();
            // With no transaction begun nobody in the batch is to blame, and each alone would wait for the same lock again.
            if (begun && batch.Count > 1) return false;
            foreach (var write in batch) write.Fail(failure);
            return true;
        }

        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _writes, batch.Count);
        Checkpoints.Reached(_checkpoint, _path);
        _committed?.Invoke(batch.Count);
        foreach (var write in batch) write.Complete();
        return true;
    }

    private void Rollback()
    {
        try
        {
            _session.Run("ROLLBACK");
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // SQLite had rolled back by itself (a full disk, an I/O error) and there is no transaction to end; or it can't, and
            // then the next BEGIN fails and says so. Either way the loop goes on: without it every caller would wait for ever.
        }
    }

    private abstract class Write
    {
        public abstract void Run(SqliteSession session);

        public abstract void Complete();

        public abstract void Fail(Exception failure);
    }

    private sealed class Write<T>(Func<SqliteSession, T> work) : Write
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Task => _done.Task;

        public override void Run(SqliteSession session) => _result = work(session);

        public override void Complete() => _done.TrySetResult(_result);

        public override void Fail(Exception failure) => _done.TrySetException(failure);
    }
}
