namespace Microsoft.DurableTask;

/// <summary>An activity or sub-orchestration failed, after all its retries. The orchestrator that awaits it sees this.</summary>
public sealed class TaskFailedException : Exception
{
    /// <summary>A failure with an exception at hand.</summary>
    /// <param name="taskName">The failed task's name.</param>
    /// <param name="taskId">Its number within the orchestration.</param>
    /// <param name="innerException">What it threw.</param>
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : base(MessageFor(taskName, taskId, innerException?.Message), innerException)
    {
        ArgumentNullException.ThrowIfNull(innerException);
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = TaskFailureDetails.FromException(innerException);
    }

    /// <summary>A failure known by its details, as history keeps it.</summary>
    /// <param name="taskName">The failed task's name.</param>
    /// <param name="taskId">Its number within the orchestration.</param>
    /// <param name="failureDetails">Why it failed.</param>
    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base(MessageFor(taskName, taskId, failureDetails?.ErrorMessage))
    {
        ArgumentNullException.ThrowIfNull(failureDetails);
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = failureDetails;
    }

    /// <summary>The failed task's name.</summary>
    public string TaskName { get; }

    /// <summary>The failed task's number within the orchestration, which tells calls of the same name apart.</summary>
    public int TaskId { get; }

    /// <summary>Why the task failed.</summary>
    public TaskFailureDetails FailureDetails { get; }

    // Word for word the real one's: apps see it in the output of failed instances.
    private static string MessageFor(string taskName, int taskId, string? cause)
        => $"Task '{taskName}' (#{taskId}) failed with an unhandled exception" + (cause is null ? "." : $": {cause}");
}
