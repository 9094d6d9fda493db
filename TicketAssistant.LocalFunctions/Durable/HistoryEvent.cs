using System.Text.Json.Serialization;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>
/// Something that happened to an orchestration, or that it decided. The list of them is the only truth: everything in memory
/// can be derived from it. Discriminators and names are stored: add, never rename.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$")]
[JsonDerivedType(typeof(TaskScheduled), "activity")]
[JsonDerivedType(typeof(TaskCompleted), "result")]
[JsonDerivedType(typeof(TaskFailed), "failure")]
[JsonDerivedType(typeof(TimerCreated), "timer")]
[JsonDerivedType(typeof(TimerFired), "fired")]
[JsonDerivedType(typeof(EventRaised), "event")]
[JsonDerivedType(typeof(SubOrchestrationCreated), "orchestration")]
[JsonDerivedType(typeof(SubOrchestrationCompleted), "orchestrationResult")]
[JsonDerivedType(typeof(SubOrchestrationFailed), "orchestrationFailure")]
[JsonDerivedType(typeof(EventSent), "send")]
[JsonDerivedType(typeof(ExecutionSuspended), "suspended")]
[JsonDerivedType(typeof(ExecutionResumed), "resumed")]
[JsonDerivedType(typeof(ExecutionTerminated), "terminated")]
[JsonDerivedType(typeof(ExecutionBroken), "broken")]
internal abstract record HistoryEvent
{
    /// <summary>The id of the decision that this is the outcome of; null where it is none.</summary>
    [JsonIgnore]
    public virtual int? Answers => null;
}

/// <summary>A decision of the orchestrator. Ids count from 0 in the order in which the code decides.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "$")]
[JsonDerivedType(typeof(TaskScheduled), "activity")]
[JsonDerivedType(typeof(TimerCreated), "timer")]
[JsonDerivedType(typeof(SubOrchestrationCreated), "orchestration")]
[JsonDerivedType(typeof(EventSent), "send")]
internal abstract record Decision(int Id) : HistoryEvent
{
    /// <summary>
    /// Set on what a retry policy asked for, the waits between attempts among them: the id of the first attempt. Only for who
    /// reads the history; replay does not look at it.
    /// </summary>
    public int? RetryOf { get; init; }

    /// <summary>How an operator would name this step.</summary>
    [JsonIgnore]
    public abstract string Step { get; }
}

/// <summary>The orchestrator called an activity.</summary>
internal sealed record TaskScheduled(int Id, string Name, string? Input) : Decision(Id)
{
    public override string Step => $"activity '{Name}'";
}

/// <summary>The orchestrator asked to be woken.</summary>
internal sealed record TimerCreated(int Id, DateTime FireAt) : Decision(Id)
{
    public override string Step => "a timer";
}

/// <summary>The orchestrator started another orchestration and may wait for its result.</summary>
internal sealed record SubOrchestrationCreated(int Id, string InstanceId, string Name, string? Input, string? Version) : Decision(Id)
{
    public override string Step => $"orchestration '{Name}'";
}

/// <summary>The orchestrator told another orchestration something; nothing comes back.</summary>
internal sealed record EventSent(int Id, string InstanceId, string Name, string? Data) : Decision(Id)
{
    public override string Step => $"an event '{Name}' to '{InstanceId}'";
}

/// <summary>An activity returned.</summary>
internal sealed record TaskCompleted(int Id, string? Result) : HistoryEvent
{
    public override int? Answers => Id;
}

/// <summary>An activity threw.</summary>
internal sealed record TaskFailed(int Id, Failure Failure) : HistoryEvent
{
    public override int? Answers => Id;
}

/// <summary>A started orchestration completed.</summary>
internal sealed record SubOrchestrationCompleted(int Id, string? Result) : HistoryEvent
{
    public override int? Answers => Id;
}

/// <summary>A started orchestration failed, was terminated, or could not be started.</summary>
internal sealed record SubOrchestrationFailed(int Id, Failure Failure) : HistoryEvent
{
    public override int? Answers => Id;
}

/// <summary>A timer came due.</summary>
internal sealed record TimerFired(int Id) : HistoryEvent
{
    public override int? Answers => Id;
}

/// <summary>Somebody raised an external event.</summary>
internal sealed record EventRaised(string Name, string? Data) : HistoryEvent;

/// <summary>From here on what happens is kept but not told to the code.</summary>
internal sealed record ExecutionSuspended(string? Reason) : HistoryEvent;

/// <summary>What was kept is told to the code, in order.</summary>
internal sealed record ExecutionResumed(string? Reason) : HistoryEvent;

/// <summary>Somebody ended the orchestration from outside; with <paramref name="Recursive"/> also those it started.</summary>
internal sealed record ExecutionTerminated(string? Output, bool Recursive = false) : HistoryEvent;

/// <summary>The orchestrator was caught doing what cannot be replayed, after its turn had ended.</summary>
internal sealed record ExecutionBroken(string Reason) : HistoryEvent;
