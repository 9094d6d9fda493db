using System.Globalization;
using Microsoft.Data.Sqlite;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Sqlite;

namespace TicketAssistant.Functions.Storage.Sqlite;

/// <summary>
/// The file behind the SQLite stores: one writer with group commit for accounts, tickets and mails, and its readers.
/// </summary>
internal sealed class SqliteStoreFile : IAsyncDisposable
{
    // The codes that speak of the file and its surroundings; any other is a mistake in our SQL and stays what it is.
    private const int Busy = 5, Locked = 6, NoMemory = 7, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13,
        CannotOpen = 14, Protocol = 15, NotADatabase = 26;

    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;

    /// <summary>Opens the file, creating it or bringing it to the current schema.</summary>
    /// <exception cref="SettingException">The file can't be used: unreadable, not a database, or written by a newer version.</exception>
    public SqliteStoreFile(string path)
    {
        try
        {
            long version;
            using (var session = SqliteSession.Open(path, create: true))
            {
                version = session.Scalar<long>("PRAGMA user_version");
                if (version > SqliteSchema.Version)
                {
                    throw new SettingException("Local__DataDirectory", string.Create(CultureInfo.InvariantCulture,
                        $"'{path}' has schema version {version}, this version of the app knows {SqliteSchema.Version}. Start the newer app or name another directory."));
                }
            }

            _writer = new SqliteWriter(path, "store", SqliteSchema.StatementsFrom(version));
        }
        catch (SqliteException e)
        {
            throw new SettingException("Local__DataDirectory", $"'{path}' can't be opened as a SQLite database: {e.Message}");
        }

        _readers = new SqliteReaders(path);
    }

    /// <summary>
    /// Reads the last commit. Runs on the calling thread and returns a completed task: readers never wait for the writer and
    /// an indexed read takes microseconds, less than handing it to another thread would.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The file can't be read.</exception>
    public Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        try
        {
            return Task.FromResult(_readers.Read(read));
        }
        catch (SqliteException e) when (IsUnavailable(e))
        {
            return Task.FromException<T>(Unavailable(e));
        }
    }

    /// <summary>
    /// Runs <paramref name="write"/> in a transaction; completes when it is on disk. Cancelling is heeded until the write is
    /// queued and not after, so that nobody is told of a cancelled write that then happens.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The file can't be written, or is being closed; nothing was stored.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await _writer.WriteAsync(write);
        }
        catch (SqliteException e) when (IsUnavailable(e))
        {
            throw Unavailable(e);
        }
        catch (ObjectDisposedException e)
        {
            throw new StoreUnavailableException("The store is closed: the app is shutting down.", e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
    }

    private static bool IsUnavailable(SqliteException e) => e.SqliteErrorCode
        is Busy or Locked or NoMemory or ReadOnly or InputOutput or Corrupt or Full or CannotOpen or Protocol or NotADatabase;

    private static StoreUnavailableException Unavailable(SqliteException e) => new(
        e.SqliteErrorCode switch
        {
            Busy or Locked => "The store is locked by another process.",
            Full => "The store's disk is full.",
            _ => string.Create(CultureInfo.InvariantCulture, $"The store can't be read or written (SQLite error {e.SqliteErrorCode})."),
        },
        e);
}
