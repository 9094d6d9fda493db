using System.Text.Json;
using Microsoft.DurableTask.Client;
using TicketAssistant.LocalFunctions.Durable;

namespace TicketAssistant.LocalFunctions.Management;

/// <summary>
/// Tells an instance's turns as the real API tells its history: what was scheduled is merged into what came of it, and only
/// what nothing has come of yet stands alone.
/// </summary>
internal static class HistoryEntries
{
    public static IReadOnlyList<HistoryEntry> From(InstanceHistory history, bool showInput, bool showOutput)
    {
        List<HistoryEntry?> entries = [];
        Dictionary<int, (int At, Decision Decision, DateTime Time)> open = [];

        foreach (var turn in history.Turns)
        {
            if (entries.Count == 0)
            {
                entries.Add(new HistoryEntry("ExecutionStarted", turn.At)
                {
                    FunctionName = history.Row.Name,
                    Input = showInput ? Json(history.Row.Input) : null,
                });
            }

            foreach (var input in turn.Inputs)
            {
                if (Told(input, turn.At) is { } entry) entries.Add(entry);
            }

            foreach (var decision in turn.Decisions)
            {
                open[decision.Id] = (entries.Count, decision, turn.At);
                entries.Add(Decided(decision, turn.At, showInput));
            }
        }

        if (DurableStore.IsFinished(history.Row.Status) && history.Row.Status != OrchestrationRuntimeStatus.Terminated)
        {
            entries.Add(new HistoryEntry("ExecutionCompleted", history.Row.UpdatedAt)
            {
                OrchestrationStatus = history.Row.Status.ToString(),
                Result = showOutput ? Json(history.Row.Output) : null,
                Reason = history.Row.Failure?.Message,
            });
        }

        return [.. entries.OfType<HistoryEntry>()];

        HistoryEntry? Told(HistoryEvent happened, DateTime at) => happened switch
        {
            TaskCompleted e => CameOf(e.Id, "TaskCompleted", at, showOutput ? Json(e.Result) : null, null),
            TaskFailed e => CameOf(e.Id, "TaskFailed", at, null, e.Failure.Message),
            SubOrchestrationCompleted e => CameOf(e.Id, "SubOrchestrationInstanceCompleted", at, showOutput ? Json(e.Result) : null, null),
            SubOrchestrationFailed e => CameOf(e.Id, "SubOrchestrationInstanceFailed", at, null, e.Failure.Message),
            TimerFired e => CameOf(e.Id, "TimerFired", at, null, null),
            EventRaised e => new HistoryEntry("EventRaised", at) { Name = e.Name, Input = showInput ? Json(e.Data) : null },
            ExecutionSuspended e => new HistoryEntry("ExecutionSuspended", at) { Reason = e.Reason },
            ExecutionResumed e => new HistoryEntry("ExecutionResumed", at) { Reason = e.Reason },
            ExecutionTerminated e => new HistoryEntry("ExecutionTerminated", at)
            {
                OrchestrationStatus = nameof(OrchestrationRuntimeStatus.Terminated),
                Input = showInput ? Json(e.Output) : null,
            },
            _ => null,
        };

        HistoryEntry CameOf(int id, string type, DateTime at, JsonElement? result, string? reason)
        {
            var entry = new HistoryEntry(type, at) { Result = result, Reason = reason };
            if (!open.Remove(id, out var scheduled)) return entry;
            entries[scheduled.At] = null;
            return entry with
            {
                ScheduledTime = scheduled.Time,
                FunctionName = NameOf(scheduled.Decision),
                InstanceId = (scheduled.Decision as SubOrchestrationCreated)?.InstanceId,
                FireAt = (scheduled.Decision as TimerCreated)?.FireAt,
            };
        }
    }

    private static HistoryEntry Decided(Decision decision, DateTime at, bool showInput) => decision switch
    {
        TaskScheduled e => new HistoryEntry("TaskScheduled", at) { FunctionName = e.Name, Input = showInput ? Json(e.Input) : null },
        SubOrchestrationCreated e => new HistoryEntry("SubOrchestrationInstanceCreated", at)
        {
            FunctionName = e.Name,
            InstanceId = e.InstanceId,
            Input = showInput ? Json(e.Input) : null,
        },
        TimerCreated e => new HistoryEntry("TimerCreated", at) { FireAt = e.FireAt },
        EventSent e => new HistoryEntry("EventSent", at) { Name = e.Name, InstanceId = e.InstanceId, Input = showInput ? Json(e.Data) : null },
        _ => throw new InvalidOperationException($"The API does not know how to show {decision.Step}."),
    };

    private static string? NameOf(Decision decision) => decision switch
    {
        TaskScheduled e => e.Name,
        SubOrchestrationCreated e => e.Name,
        _ => null,
    };

    private static JsonElement? Json(string? serialized) => serialized is null ? null : JsonElement.Parse(serialized);
}
