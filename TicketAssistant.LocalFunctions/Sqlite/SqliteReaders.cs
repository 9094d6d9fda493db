using System.Collections.Concurrent;

namespace TicketAssistant.Sqlite;

/// <summary>
/// Reading connections to one file, kept open with their statements prepared. In WAL mode readers never wait for the writer;
/// each read sees the last commit.
/// </summary>
internal sealed class SqliteReaders(string path) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];

    /// <summary>Runs <paramref name="read"/> on the calling thread with a connection of its own.</summary>
    public T Read<T>(Func<SqliteSession, T> read)
    {
        if (!_idle.TryTake(out var session)) session = SqliteSession.Open(path);
        try
        {
            var result = read(session);
            _idle.Add(session);
            return result;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_idle.TryTake(out var session)) session.Dispose();
    }
}
