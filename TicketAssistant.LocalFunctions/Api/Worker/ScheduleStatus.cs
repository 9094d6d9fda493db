namespace Microsoft.Azure.Functions.Worker;

/// <summary>A timer's record of its schedule.</summary>
public class ScheduleStatus
{
    /// <summary>The due time of the last run.</summary>
    public DateTime Last { get; set; }

    /// <summary>The due time of the next run.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this record was last written.</summary>
    public DateTime LastUpdated { get; set; }
}
