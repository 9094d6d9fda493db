namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a function returned, open to change by middleware until the host takes it.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public abstract class InvocationResult<T>
{
    /// <summary>The value; null before the function has run and where it returns nothing.</summary>
    public abstract T? Value { get; set; }
}
