namespace Microsoft.Azure.Functions.Worker;

/// <summary>One invocation of a function, as middleware and the function see it.</summary>
public abstract class FunctionContext
{
    /// <summary>A new id for each invocation.</summary>
    public abstract string InvocationId { get; }

    /// <summary>The id of the invoked function, the same in every invocation.</summary>
    public abstract string FunctionId { get; }

    /// <summary>The caller's trace.</summary>
    public abstract TraceContext TraceContext { get; }

    /// <summary>What the trigger says about this invocation.</summary>
    public abstract BindingContext BindingContext { get; }

    /// <summary>How often the host has retried this function. A durable retry is a new invocation and isn't counted.</summary>
    public abstract RetryContext RetryContext { get; }

    /// <summary>The services of this invocation; scoped ones live as long as it does.</summary>
    public abstract IServiceProvider InstanceServices { get; set; }

    /// <summary>The invoked function.</summary>
    public abstract FunctionDefinition FunctionDefinition { get; }

    /// <summary>Values that middleware and the function share during this invocation.</summary>
    public abstract IDictionary<object, object> Items { get; set; }

    /// <summary>What the host attaches to this invocation, by type.</summary>
    public abstract IInvocationFeatures Features { get; }

    /// <summary>Signalled when the host gives the invocation up.</summary>
    public virtual CancellationToken CancellationToken { get; }
}
