namespace Microsoft.Azure.Functions.Worker;

/// <summary>The W3C trace that an invocation belongs to.</summary>
public abstract class TraceContext
{
    /// <summary>The traceparent value; empty when there is no trace.</summary>
    public abstract string TraceParent { get; }

    /// <summary>The tracestate value; empty when there is none.</summary>
    public abstract string TraceState { get; }
}
