namespace Microsoft.DurableTask;

/// <summary>The call that an activity serves.</summary>
public abstract class TaskActivityContext
{
    /// <summary>The activity's name.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The id of the orchestration that called.</summary>
    public abstract string InstanceId { get; }
}
