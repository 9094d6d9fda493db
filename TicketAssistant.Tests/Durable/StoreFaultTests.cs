extern alias runtime;

using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using runtime::TicketAssistant.LocalFunctions.Durable;
using runtime::TicketAssistant.Sqlite;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

/// <summary>The store fails in the middle of a turn: nothing of the turn is kept, a line says so, and it is taken again.</summary>
public sealed class StoreFaultTests : IAsyncDisposable
{
    private readonly LogLines _lines = new();
    private readonly EngineHarness _harness;
    private int _runs;

    // One turn that does everything a turn can: reads its inbox, starts a child and an activity, tells another, sets its status.
    public StoreFaultTests()
    {
        _harness = new EngineHarness { Loggers = _lines };
        _harness.Activity<int>("Count", _ => Interlocked.Increment(ref _runs))
            .Orchestrator("Receiver", async c => await c.WaitForExternalEvent<string>("hello"))
            .Orchestrator("Child", c => Task.FromResult<object?>("child"))
            .Orchestrator("Busy", async c =>
            {
                await c.WaitForExternalEvent<string>("go");
                c.SetCustomStatus("working");
                c.SendEvent("receiver", "hello", "told");
                var child = c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child"));
                return $"{await c.CallActivityAsync<int>("Count")} {await child}";
            }).Start();
    }

    [Theory]
    [InlineData("UPDATE ON instances", "NEW.id = 'busy'")]
    [InlineData("INSERT ON turns", "NEW.number = 1")]
    [InlineData("DELETE ON inbox", "1")]
    [InlineData("INSERT ON inbox", "NEW.event LIKE '%told%'")]
    [InlineData("INSERT ON instances", "NEW.id = 'child'")]
    public async Task A_statement_of_a_turn_that_fails_leaves_nothing_behind_and_the_turn_is_taken_again(string statement, string when)
    {
        await StartAsync();
        Sql($"CREATE TRIGGER fault BEFORE {statement} WHEN {when} BEGIN SELECT RAISE(ABORT, 'injected fault'); END");
        await _harness.Client.RaiseEventAsync("busy", "go", "x");
        var before = State();

        await EngineHarness.Until(() => Complaints("injected fault") >= 2);

        Assert.Equal(before, State());
        Assert.Equal(0, _runs);
        Sql("DROP TRIGGER fault");
        await EndsWellAsync();
    }

    [Fact]
    public async Task A_full_disk_holds_the_turn_up_until_there_is_room()
    {
        await StartAsync();
        await _harness.Client.RaiseEventAsync("receiver", "other", new string('x', 100));
        await LimitPagesAsync("PRAGMA max_page_count = 1");
        // The limit is no lower than the file is now; what does not fit is refused, to the caller's face.
        var refused = await Assert.ThrowsAsync<SqliteException>(() => _harness.Client.RaiseEventAsync("receiver", "other", new string('x', 100_000)));
        Assert.Equal(SQLitePCL.raw.SQLITE_FULL, refused.SqliteErrorCode);
        _harness.Activity<string>("Length", x => { _runs++; return x!.Length; })
            .Orchestrator("Large", async c => await c.CallActivityAsync<int>("Length", new string('x', 100_000)));
        await _harness.Client.ScheduleNewOrchestrationInstanceAsync("Large", null, new StartOrchestrationOptions("large"));

        await EngineHarness.Until(() => Complaints("full") >= 2);

        Assert.Equal(0, _runs);
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await _harness.Client.GetInstanceAsync("large"))!.RuntimeStatus);
        Assert.Empty(_harness.Engine.Store.Load(_harness.Engine.Store.Find("large")!.Key).Turns);
        await LimitPagesAsync("PRAGMA max_page_count = 1000000");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await _harness.EndOf("large")).RuntimeStatus);
    }

    [Fact]
    public async Task A_lock_held_by_somebody_else_holds_the_turn_up_until_it_is_released()
    {
        await StartAsync();
        var (entered, leave) = (new TaskCompletionSource(), new TaskCompletionSource());
        _harness.Activity<string>("Slow", async x => { entered.SetResult(); await leave.Task; return x; })
            .Orchestrator("Calls", async c => await c.CallActivityAsync<string>("Slow", "x"));
        await _harness.BeginAsync("Calls", id: "calls");
        await entered.Task.WaitAsync(TimeSpan.FromSeconds(10));
        using (var other = Open())
        {
            Execute(other, "BEGIN IMMEDIATE");
            var before = State();
            leave.SetResult();
            await EngineHarness.Until(() => Complaints("locked") >= 1);
            Assert.Equal(before, State());
            Execute(other, "ROLLBACK");
        }

        Assert.Equal("x", (await _harness.EndOf("calls")).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(100, 0)]
    [InlineData(5000, 0)]
    [InlineData(0, 1)]
    [InlineData(0, 3000)]
    public async Task A_torn_log_recovers_to_the_last_whole_commit(int cut, int corrupted)
    {
        using var crashed = new TempFolder();
        await using (var harness = Chain())
        {
            using var snapshot = new CommitSnapshot(harness.DatabasePath, 5, crashed.Path);
            harness.Start();
            await harness.RunAsync("Chain", id: "chain");
            await snapshot.Taken.WaitAsync(TimeSpan.FromSeconds(10));
        }

        using (var log = new FileStream(crashed.File("durable.db-wal"), FileMode.Open))
        {
            if (cut > 0) log.SetLength(log.Length - cut);
            log.Position = log.Length - corrupted;
            log.Write(Enumerable.Repeat((byte)0xA5, corrupted).ToArray());
        }

        await using var recovered = Chain();
        foreach (var file in Directory.GetFiles(crashed.Path)) File.Copy(file, Path.Combine(recovered.DataDirectory, Path.GetFileName(file)));
        recovered.Start();

        Assert.Equal(5, (await recovered.EndOf("chain")).ReadOutputAs<int>());
    }

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private static EngineHarness Chain() => new EngineHarness().Activity<int>("Add", x => x + 1).Orchestrator("Chain", async c =>
    {
        var x = 0;
        while (x < 5) x = await c.CallActivityAsync<int>("Add", x);
        return x;
    });

    private async Task StartAsync()
    {
        await _harness.BeginAsync("Receiver", id: "receiver");
        await _harness.BeginAsync("Busy", id: "busy");
    }

    private async Task EndsWellAsync()
    {
        Assert.Equal("1 child", (await _harness.EndOf("busy")).ReadOutputAs<string>());
        Assert.Equal("told", (await _harness.EndOf("receiver")).ReadOutputAs<string>());
        Assert.Equal(1, _runs);
        Assert.Equal("working", (await _harness.Client.GetInstanceAsync("busy", true))!.ReadCustomStatusAs<string>());
    }

    private int Complaints(string cause) => _lines.All.Count(line =>
        line.Level == LogLevel.Error && line.Text.Contains("could not be stored; nothing of it counts, trying again", StringComparison.Ordinal) &&
        line.Text.Contains(cause, StringComparison.Ordinal));

    /// <summary>Everything that is on disk, but for times.</summary>
    private string State()
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT group_concat(line, char(10)) FROM (
                SELECT 'instance ' || id || ' ' || status || ' ' || coalesce(custom_status, '-') AS line FROM instances
                UNION ALL SELECT 'turn ' || instance || ' ' || number || ' ' || turn FROM turns
                UNION ALL SELECT 'inbox ' || instance || ' ' || event FROM inbox)
            """;
        return (string)command.ExecuteScalar()!;
    }

    private void Sql(string statement)
    {
        using var connection = Open();
        Execute(connection, statement);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={_harness.DatabasePath};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    /// <summary>The limit is the connection's own, so it has to be set on the writer's.</summary>
    private Task<bool> LimitPagesAsync(string pragma) => Writer(_harness.Engine.Store).WriteAsync(session =>
    {
        session.Run(pragma);
        return true;
    });

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_writer")]
    private static extern ref SqliteWriter Writer(DurableStore store);
}
