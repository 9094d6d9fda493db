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
    public async Task Wherever_the_disk_breaks_a_write_is_stored_whole_or_not_at_all_and_the_next_one_works()
    {
        for (var n = 1; ; n++)
        {
            Assert.True(n < 100, "It never got through.");
            using var folder = new TempFolder();
            using var disk = new FaultyDisk(folder.Path);
            var path = folder.File("t.db");
            int Stored(string table)
            {
                using var readers = new SqliteReaders(path);
                return (int)readers.Read(s => s.Scalar<long>($"SELECT count(*) FROM {table}"));
            }

            await using (var writer = new SqliteWriter(path, "test", Schema))
            {
                disk.BreakAt(n);
                Exception? failure = await Record.ExceptionAsync(() => writer.WriteAsync(Family(1)));
                disk.Heal();
                Assert.Equal(disk.Refused > 0, failure is SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_IOERR });
                Assert.Equal((failure is null ? 1 : 0, failure is null ? 1 : 0), (Stored("parent"), Stored("child")));
                if (failure is null)
                {
                    Assert.True(n > 4, $"Only {n - 1} operations.");
                    return;
                }

                await writer.WriteAsync(Family(2));
            }

            await using var reopened = new SqliteWriter(path, "test", Schema);
            Assert.Equal((1, 1), (Stored("parent"), Stored("child")));
        }
    }

    [Fact]
    public async Task Numbers_texts_bytes_and_nothing_come_back_as_they_went()
    {
        await _writer.WriteAsync(s => { s.Run("CREATE TABLE kept(a, b, c, d, e, f)"); return s.Execute("INSERT INTO kept VALUES(?1, ?2, ?3, ?4, ?5, ?6)", "", "Ж\"𝄞", long.MinValue, null, true, new byte[] { 0, 255 }); });

        Assert.Equal("text text integer null integer blob", _readers.Read(s => s.Scalar<string>(
            "SELECT concat_ws(' ', typeof(a), typeof(b), typeof(c), typeof(d), typeof(e), typeof(f)) FROM kept")));
        Assert.Equal(("", "Ж\"𝄞", long.MinValue), _readers.Read(s => (s.Scalar<string>("SELECT a FROM kept"), s.Scalar<string>("SELECT b FROM kept"), s.Scalar<long>("SELECT c FROM kept"))));
        Assert.Null(_readers.Read(s => s.Scalar<long?>("SELECT d FROM kept")));
        await Assert.ThrowsAsync<NotSupportedException>(() => _writer.WriteAsync(s => s.Execute("DELETE FROM kept WHERE a = ?1", 1.5m)));
        await Assert.ThrowsAsync<ArgumentException>(() => _writer.WriteAsync(s => s.Execute("DELETE FROM kept; DELETE FROM kept")));
        Assert.Equal(1, Count("kept"));
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

    private static Func<SqliteSession, int> Family(int id) => s =>
    {
        s.Execute("INSERT INTO parent VALUES(?1)", id);
        return s.Execute("INSERT INTO child VALUES(?1, ?1)", id);
    };

    private long Count(string table) => _readers.Read(s => s.Scalar<long>($"SELECT count(*) FROM {table}"));
}
