namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the trigger says about an invocation.</summary>
public abstract class BindingContext
{
    /// <summary>Values by name: an HTTP function's route values among them.</summary>
    public abstract IReadOnlyDictionary<string, object?> BindingData { get; }
}
