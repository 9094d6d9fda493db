namespace Microsoft.DurableTask;

/// <summary>How an orchestration starts over with an empty history.</summary>
public class ContinueAsNewOptions
{
    /// <summary>The input of the next generation.</summary>
    public object? NewInput { get; set; }

    /// <summary>Whether events that nobody has received yet go to the next generation. On unless set.</summary>
    public bool PreserveUnprocessedEvents { get; set; } = true;

    /// <summary>The version of the next generation; null to keep this one's.</summary>
    public string? NewVersion { get; set; }
}
