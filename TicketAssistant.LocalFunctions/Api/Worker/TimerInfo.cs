namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer function is told about its schedule.</summary>
public class TimerInfo
{
    /// <summary>When the timer last ran and runs next; null when the host keeps no record.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether this run is late, because the host was down at the due time.</summary>
    public bool IsPastDue { get; set; }
}
