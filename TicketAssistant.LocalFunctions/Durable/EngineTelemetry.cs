using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.DurableTask.Client;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>
/// What the engine tells of itself, by the names in docs/telemetry.md: part of the contract with whoever has dashboards.
/// Costs next to nothing while nobody listens.
/// </summary>
internal sealed class EngineTelemetry : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "TicketAssistant.DurableEngine";

    private const string OrchestrationTag = "durable.orchestration.name";

    private static readonly ActivitySource s_source = new(Name);

    private readonly Counter<long> _started;
    private readonly Counter<long> _completed;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _terminated;
    private readonly Histogram<double> _activityDuration;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<int> _replayLength;

    /// <param name="turns">How many orchestrations wait for a turn.</param>
    /// <param name="activities">How many activities wait to be run.</param>
    public EngineTelemetry(Func<int> turns, Func<int> activities)
    {
        Meter = new Meter(Name);
        _started = Meter.CreateCounter<long>("durable.orchestrations.started", "{orchestration}", "Orchestrations whose first turn was committed.");
        _completed = Meter.CreateCounter<long>("durable.orchestrations.completed", "{orchestration}", "Orchestrations that returned.");
        _failed = Meter.CreateCounter<long>("durable.orchestrations.failed", "{orchestration}", "Orchestrations that ended with an exception.");
        _terminated = Meter.CreateCounter<long>("durable.orchestrations.terminated", "{orchestration}", "Orchestrations that were ended from outside.");
        _activityDuration = Meter.CreateHistogram<double>("durable.activity.duration", "s", "How long an attempt of an activity ran.");
        _batchSize = Meter.CreateHistogram<int>("durable.commit.batch_size", "{write}", "Writes that shared one commit.");
        _replayLength = Meter.CreateHistogram<int>("durable.replay.length", "{turn}", "Past turns replayed before a new one.");
        Meter.CreateObservableGauge(
            "durable.queue.length",
            () => (Measurement<int>[])[new(turns(), Tag("durable.queue", "turns")), new(activities(), Tag("durable.queue", "activities"))],
            "{item}",
            "What is ready to run and waits for a worker.");
    }

    /// <summary>One an engine, so that two in one process can be told apart.</summary>
    public Meter Meter { get; }

    /// <summary>Begins a turn of an orchestrator whose history is loaded; disposing ends it.</summary>
    public Activity? Turn(Instance instance, int inputs)
    {
        var replayed = instance.Code is null ? instance.Turns!.Count : 0;
        _replayLength.Record(replayed, Tag(OrchestrationTag, instance.Name));
        // One that nothing else set going stands under its own first turn.
        return Span("orchestration", instance.Name, instance.Id, instance.Trace ?? (instance.Turns is [var first, ..] ? first.Trace : null))
            ?.SetTag("durable.replay.length", replayed)
            .SetTag("durable.turn.inputs", inputs);
    }

    /// <summary>A turn is on disk. To be called before it is added to the instance's history.</summary>
    public void TurnCommitted(Instance instance, TurnOutcome outcome)
    {
        var name = Tag(OrchestrationTag, instance.Name);
        // A new generation is the same orchestration.
        if (instance.Turns!.Count == 0 && instance.Generation == 0) _started.Add(1, name);
        switch (outcome.Status)
        {
            case OrchestrationRuntimeStatus.Completed:
                _completed.Add(1, name);
                break;
            case OrchestrationRuntimeStatus.Failed:
                _failed.Add(1, name);
                break;
            case OrchestrationRuntimeStatus.Terminated:
                _terminated.Add(1, name);
                break;
        }
    }

    /// <summary>Begins an attempt of an activity; disposing ends it.</summary>
    /// <param name="instance">Whose it is.</param>
    /// <param name="name">The activity.</param>
    /// <param name="trace">The turn that called it, as <see cref="TraceText"/>, or null.</param>
    public ActivityRun Activity(Instance instance, string name, string? trace) =>
        new(_activityDuration, Span("activity", name, instance.Id, trace), name);

    /// <summary>A commit is on disk.</summary>
    public void Committed(int writes) => _batchSize.Record(writes);

    public void Dispose() => Meter.Dispose();

    private static Activity? Span(string type, string task, string instanceId, string? trace) => s_source.HasListeners()
        // The names that the real Durable Task libraries use.
        ? s_source.StartActivity($"{type}:{task}", ActivityKind.Internal, TraceText.Parse(trace), tags:
            [new("durabletask.type", type), new("durabletask.task.name", task), new("durabletask.task.instance_id", instanceId)])
        : null;

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    /// <summary>One attempt of an activity.</summary>
    internal sealed class ActivityRun(Histogram<double> duration, Activity? span, string name) : IDisposable
    {
        private readonly long _began = Stopwatch.GetTimestamp();
        private string _outcome = "failed";

        public void Succeeded() => _outcome = "succeeded";

        public void CutShort() => _outcome = "stopped";

        public void Failed(Exception exception) =>
            span?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name).SetTag("error.type", exception.GetType().FullName);

        public void Dispose()
        {
            duration.Record(
                Stopwatch.GetElapsedTime(_began).TotalSeconds, Tag("durable.activity.name", name), Tag("durable.activity.outcome", _outcome));
            span?.SetTag("durable.activity.outcome", _outcome).Dispose();
        }
    }
}
