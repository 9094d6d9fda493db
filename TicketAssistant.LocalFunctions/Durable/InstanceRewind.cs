using System.Text.Json;
using Microsoft.DurableTask.Client;
using TicketAssistant.Sqlite;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>The statements that take a failed instance back, and the sub-orchestrations that caused it, in one transaction.</summary>
internal static class InstanceRewind
{
    /// <summary>Takes a failed instance back to before its failure; adds to <paramref name="revived"/> the ids of all that want to be taken up.</summary>
    public static void Run(SqliteSession s, long key, DateTime at, List<string> revived)
    {
        var turns = InstanceRows.ReadTurns(s, key);
        var failure = s.Scalar<string>("SELECT failure FROM instances WHERE key = ?1", key) is { } json
            ? JsonSerializer.Deserialize(json, HistoryJson.Default.Failure)
            : null;
        var plan = RewindPlan.Make(turns, failure);
        s.Execute("DELETE FROM turns WHERE instance = ?1 AND number >= ?2", key, plan.Kept);
        s.Execute(
            "UPDATE instances SET status = ?2, updated_at = ?3, output = NULL, failure = NULL WHERE key = ?1",
            key, (int)(plan.Kept == 0 ? OrchestrationRuntimeStatus.Pending : OrchestrationRuntimeStatus.Running), at.Ticks);
        foreach (var told in plan.ToldAgain) InstanceTable.Post(s, key, told);

        var instance = s.First($"SELECT {InstanceRows.UnfinishedColumns} FROM instances WHERE key = ?1", InstanceRows.ReadUnfinished, key)!;
        revived.Add(instance.Id);
        var waiting = s.Query(
            "SELECT event FROM inbox WHERE instance = ?1", r => JsonSerializer.Deserialize(r.GetString(0), HistoryJson.Default.HistoryEvent)?.Answers, key);
        foreach (var child in plan.Children.Where(child => !waiting.Contains(child.Id))) Revive(s, instance, child, at, revived);
    }

    /// <summary>Sees to it that a sub-orchestration answers whose failure was forgotten, or that ended while there was nobody to tell.</summary>
    private static void Revive(SqliteSession s, Instance parent, SubOrchestrationCreated decision, DateTime at, List<string> revived)
    {
        var child = s.First<(long Key, OrchestrationRuntimeStatus Status, string? Output)?>(
            "SELECT key, status, output FROM instances WHERE parent = ?1 AND parent_generation = ?2 AND parent_task = ?3",
            r => (r.GetInt64(0), (OrchestrationRuntimeStatus)r.GetInt32(1), r.IsDBNull(2) ? null : r.GetString(2)),
            parent.Key, parent.Generation, decision.Id);
        if (child is { Status: OrchestrationRuntimeStatus.Failed }) Run(s, child.Value.Key, at, revived);
        else if (child is { Status: OrchestrationRuntimeStatus.Completed }) InstanceTable.Post(s, parent.Key, new SubOrchestrationCompleted(decision.Id, child.Value.Output));
        else if (child is null || DurableStore.IsFinished(child.Value.Status))
        {
            // It was terminated or purged, or its id was in use: it begins anew.
            var committed = new Committed([], [], []);
            TurnCommit.CarryOut(s, parent, parent.Generation, decision, new Turn(at, [], [decision]), committed);
            revived.AddRange(committed.Started.Select(started => started.Instance.Id));
        }
    }
}
