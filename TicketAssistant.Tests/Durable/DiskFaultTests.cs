using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Durable;

/// <summary>
/// The disk breaks at the first, the second, the third… write, sync or truncation, until a run gets through untouched, and
/// works again a little later: every turn is on disk whole or not at all, and the run ends as if nothing had been.
/// </summary>
public sealed class DiskFaultTests
{
    private const int Most = 500;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wherever_the_disk_breaks_no_turn_is_half_stored_and_all_go_on_when_it_works_again(bool keepsCode)
    {
        var (broken, refusedCallers, complaints) = (0, 0, 0);
        for (var n = 1; ; n++)
        {
            Assert.True(n < Most, "It never got through.");
            var lines = new LogLines();
            var runs = 0;
            await using var harness = new EngineHarness { Loggers = lines, KeepsCode = keepsCode };
            using var disk = new FaultyDisk(harness.DataDirectory);
            harness.Activity<int>("Count", _ => Interlocked.Increment(ref runs))
                .Orchestrator("Receiver", async c => await c.WaitForExternalEvent<string>("hello"))
                .Orchestrator("Child", c => Task.FromResult<object?>("child"))
                .Orchestrator("Busy", BusyAsync).Start();
            await harness.BeginAsync("Receiver", id: "receiver");
            await harness.BeginAsync("Busy", id: "busy");

            disk.BreakAt(n);
            var accepted = await RaiseAsync(harness);
            if (accepted) await EngineHarness.Until(() => Complaints(lines) > 0 || HasEnded(harness));
            var refused = disk.Refused > 0;
            var counted = runs;
            var state = State.Of(harness);
            disk.Heal();

            state.IsWhole(accepted, counted);
            Assert.Equal(refused, !accepted || Complaints(lines) > 0);
            (refusedCallers, complaints) = (refusedCallers + (accepted ? 0 : 1), complaints + Complaints(lines));
            if (!accepted) Assert.True(await RaiseAsync(harness));
            Assert.Equal("1 child", (await harness.EndOf("busy")).ReadOutputAs<string>());
            Assert.Equal("told", (await harness.EndOf("receiver")).ReadOutputAs<string>());
            Assert.Equal(1, runs);
            await harness.RestartAsync();
            Assert.Equal("working", (await harness.Client.GetInstanceAsync("busy", true))!.ReadCustomStatusAs<string>());
            if (!refused) break;
            broken++;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"Broken at each of {broken} operations; {refusedCallers} times the caller was told, {complaints} turns were taken again.");
        Assert.True(refusedCallers > 0 && broken - refusedCallers > 10);
    }

    private static async Task<object?> BusyAsync(TaskOrchestrationContext c)
    {
        await c.WaitForExternalEvent<string>("go");
        c.SetCustomStatus("working");
        c.SendEvent("receiver", "hello", "told");
        var child = c.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child"));
        return $"{await c.CallActivityAsync<int>("Count")} {await child}";
    }

    private static async Task<bool> RaiseAsync(EngineHarness harness)
    {
        try
        {
            await harness.Client.RaiseEventAsync("busy", "go", "x");
            return true;
        }
        catch (SqliteException e)
        {
            Assert.Equal(SQLitePCL.raw.SQLITE_IOERR, e.SqliteErrorCode);
            return false;
        }
    }

    private static bool HasEnded(EngineHarness harness) =>
        harness.Engine.Store.Find("busy")!.Status == OrchestrationRuntimeStatus.Completed
        && harness.Engine.Store.Find("receiver")!.Status == OrchestrationRuntimeStatus.Completed;

    private static int Complaints(LogLines lines) => lines.All.Count(line =>
        line.Level == LogLevel.Error && line.Text.Contains("could not be stored; nothing of it counts, trying again", StringComparison.Ordinal)
        && line.Text.Contains("disk I/O error", StringComparison.Ordinal));

    /// <summary>What one snapshot of the file holds.</summary>
    private sealed record State(long BusyTurns, long GoWaits, long ReceiverTurns, long ToldWaits, long Children, string? CustomStatus, long Gaps, long Unturned)
    {
        public static State Of(EngineHarness harness)
        {
            using var connection = new SqliteConnection($"Data Source={harness.DatabasePath};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = """
                SELECT
                    (SELECT count(*) FROM turns JOIN instances ON instance = key WHERE id = 'busy'),
                    (SELECT count(*) FROM inbox WHERE event LIKE '%"go"%'),
                    (SELECT count(*) FROM turns JOIN instances ON instance = key WHERE id = 'receiver'),
                    (SELECT count(*) FROM inbox WHERE event LIKE '%told%'),
                    (SELECT count(*) FROM instances WHERE id = 'child'),
                    (SELECT custom_status FROM instances WHERE id = 'busy'),
                    (SELECT count(*) FROM (SELECT max(number) + 1 - count(*) AS gap FROM turns GROUP BY instance) WHERE gap <> 0),
                    (SELECT count(*) FROM instances WHERE (status = 6) <> (key NOT IN (SELECT instance FROM turns)))
                """;
            using var reader = command.ExecuteReader();
            reader.Read();
            return new State(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4),
                reader.IsDBNull(5) ? null : reader.GetString(5), reader.GetInt64(6), reader.GetInt64(7));
        }

        /// <summary>The event is where it was accepted or in the turn that consumed it, and all that this turn did came with it.</summary>
        public void IsWhole(bool accepted, int runs)
        {
            Assert.Equal((0, 0), (Gaps, Unturned));
            var done = BusyTurns >= 2;
            Assert.Equal(accepted && !done ? 1 : 0, GoWaits);
            Assert.Equal(done ? 1 : 0, Children);
            Assert.Equal(done ? "\"working\"" : null, CustomStatus);
            Assert.Equal(done && ReceiverTurns == 1 ? 1 : 0, ToldWaits);
            Assert.True(done || (runs == 0 && ReceiverTurns == 1), "Something happened that was not committed.");
        }
    }
}
