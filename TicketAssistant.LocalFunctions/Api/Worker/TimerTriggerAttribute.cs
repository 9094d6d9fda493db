namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function on a schedule; the marked parameter receives a <see cref="TimerInfo"/>.</summary>
/// <param name="schedule">An NCRONTAB expression with six fields, seconds first, in UTC; or a setting's name in percent signs.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    /// <summary>The schedule as written.</summary>
    public string Schedule { get; } = schedule;

    /// <summary>Whether the function also runs when the host starts. Off unless set.</summary>
    public bool RunOnStartup { get; set; }
}
