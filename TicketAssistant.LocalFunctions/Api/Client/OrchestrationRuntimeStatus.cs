namespace Microsoft.DurableTask.Client;

/// <summary>Where an orchestration stands.</summary>
public enum OrchestrationRuntimeStatus
{
    /// <summary>It has begun and has not ended.</summary>
    Running = 0,

    /// <summary>It ended with a result.</summary>
    Completed = 1,

    /// <summary>Never reported; kept for its number.</summary>
    [Obsolete("Never reported: an orchestration that continues as new stays Running.")]
    ContinuedAsNew = 2,

    /// <summary>It ended with an exception.</summary>
    Failed = 3,

    /// <summary>Never reported; kept for its number.</summary>
    [Obsolete("Never reported: an orchestration that is stopped becomes Terminated.")]
    Canceled = 4,

    /// <summary>A client ended it.</summary>
    Terminated = 5,

    /// <summary>It is scheduled and has not begun.</summary>
    Pending = 6,

    /// <summary>It rests until a client resumes it.</summary>
    Suspended = 7,
}
