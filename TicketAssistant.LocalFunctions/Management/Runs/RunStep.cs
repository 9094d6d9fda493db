namespace TicketAssistant.LocalFunctions.Management.Runs;

/// <summary>What a step of a run is.</summary>
internal enum RunStepKind
{
    Activity,
    Orchestration,
    Timer,
    RetryWait,
    EventWait,
    Event,
    Sent,
    Suspension,
}

/// <summary>Where a step stands.</summary>
internal enum RunStepState
{
    Open,
    Completed,
    Failed,

    /// <summary>The run ended without waiting for it.</summary>
    Abandoned,
}

/// <summary>One bar of a run's timeline.</summary>
/// <param name="Number">Its place in the timeline, from 0; stays the same while the run goes on.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">The function's or the event's name; what a timer is for.</param>
/// <param name="From">When the orchestrator asked for it (UTC), or when it happened.</param>
internal sealed record RunStep(int Number, RunStepKind Kind, string Name, DateTime From)
{
    /// <summary>When the orchestrator was told what came of it; null while it is open.</summary>
    public DateTime? To { get; init; }

    public RunStepState State { get; init; }

    /// <summary>Which attempt of a step that is retried, from 1; null where nothing was tried twice.</summary>
    public int? Attempt { get; init; }

    /// <summary>When a timer is due.</summary>
    public DateTime? FireAt { get; init; }

    /// <summary>The other instance: a sub-orchestration, or the one that was told.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The first line of what went wrong, or the reason that somebody gave.</summary>
    public string? Note { get; init; }
}
