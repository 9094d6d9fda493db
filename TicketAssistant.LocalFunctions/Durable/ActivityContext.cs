using Microsoft.DurableTask;

namespace TicketAssistant.LocalFunctions.Durable;

/// <summary>Tells an activity who it is and for whom it runs.</summary>
internal sealed class ActivityContext(string name, string instanceId, string? trace) : TaskActivityContext
{
    /// <inheritdoc/>
    public override TaskName Name { get; } = new(name);

    /// <inheritdoc/>
    public override string InstanceId { get; } = instanceId;

    /// <summary>What called it, as <see cref="TraceText"/>, or null.</summary>
    public string? Trace { get; } = trace;
}
