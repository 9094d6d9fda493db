extern alias runtime;

using Microsoft.Data.Sqlite;
using runtime::TicketAssistant.Sqlite;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Sqlite;

public sealed class SqliteWriterTests : IAsyncDisposable
{
    private const string Schema = """
        PRAGMA foreign_keys=ON;
        CREATE TABLE IF NOT EXISTS parent(id INTEGER PRIMARY KEY);
        CREATE TABLE IF NOT EXISTS child(id INTEGER PRIMARY KEY, parent INTEGER NOT NULL
            REFERENCES parent(id) DEFERRABLE INITIALLY DEFERRED);
        """;

    private readonly TempFolder _folder = new();
    private readonly SqliteWriter _writer;
    private readonly SqliteReaders _readers;

    public SqliteWriterTests()
    {
        _writer = new SqliteWriter(_folder.File("t.db"), "test", Schema);
        _readers = new SqliteReaders(_folder.File("t.db"));
    }

    [Fact]
    public async Task Writes_that_wait_together_share_a_commit()
    {
        using var gate = new ManualResetEventSlim();
        var first = _writer.WriteAsync(_ => { gate.Wait(5000); return 0; });
        var others = Enumerable.Range(1, 500)
            .Select(i => _writer.WriteAsync(s => s.Execute("INSERT INTO parent VALUES(?1)", i))).ToArray();
        gate.Set();
        await Task.WhenAll(others);
        await first;

        Assert.Equal(500, Count("parent"));
        Assert.InRange(_writer.Counters.Commits, 1, 3);
        Assert.Equal(501, _writer.Counters.Writes);
    }

    [Fact]
    public async Task When_the_commit_fails_the_caller_is_told_and_nothing_is_stored()
    {
        // A deferred foreign key is checked by COMMIT itself: every statement succeeds, the commit does not.
        var failing = _writer.WriteAsync(s =>
        {
            s.Execute("INSERT INTO parent VALUES(1)");
            return s.Execute("INSERT INTO child VALUES(1, 99)");
        });

        var failure = await Assert.ThrowsAsync<SqliteException>(() => failing);
        Assert.Contains("FOREIGN KEY", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0, Count("parent"));
        Assert.Equal(0, Count("child"));

        await _writer.WriteAsync(s => s.Execute("INSERT INTO parent VALUES(2)"));
        Assert.Equal(1, Count("parent"));
    }

    [Fact]
    public async Task A_write_that_throws_takes_nothing_with_it_but_itself()
    {
        using var gate = new ManualResetEventSlim();
        var first = _writer.WriteAsync(_ => { gate.Wait(5000); return 0; });
        var good = Enumerable.Range(1, 20).Select(i => _writer.WriteAsync(s => s.Execute("INSERT INTO parent VALUES(?1)", i))).ToArray();
        var bad = _writer.WriteAsync<int>(s =>
        {
            s.Execute("INSERT INTO parent VALUES(1000)");
            throw new InvalidOperationException("no");
        });
        var late = _writer.WriteAsync(s => s.Execute("INSERT INTO parent VALUES(21)"));
        gate.Set();

        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        await Task.WhenAll([first, late, .. good]);
        Assert.Equal(21, Count("parent"));
    }

    [Fact]
    public async Task A_full_disk_fails_the_write_and_the_next_one_works_when_there_is_room_again()
    {
        await _writer.WriteAsync(s => { s.Run("PRAGMA max_page_count=8"); return 0; });
        var blob = new byte[64 * 1024];
        await Assert.ThrowsAsync<SqliteException>(() => _writer.WriteAsync(s =>
        {
            s.Run("CREATE TABLE big(b BLOB)");
            return s.Execute("INSERT INTO big VALUES(?1)", blob);
        }));

        await _writer.WriteAsync(s => { s.Run("PRAGMA max_page_count=100000"); return 0; });
        await _writer.WriteAsync(s =>
        {
            s.Run("CREATE TABLE big(b BLOB)");
            return s.Execute("INSERT INTO big VALUES(?1)", blob);
        });
        Assert.Equal(1, Count("big"));
    }

    [Fact]
    public async Task After_closing_a_write_is_refused()
    {
        await _writer.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _writer.WriteAsync(_ => 0));
    }

    public async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        _readers.Dispose();
        _folder.Dispose();
    }

    private long Count(string table) => _readers.Read(s => s.Scalar<long>($"SELECT count(*) FROM {table}"));
}
