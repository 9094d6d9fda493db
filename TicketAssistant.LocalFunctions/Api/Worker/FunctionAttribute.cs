namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks a method as a function that the host finds and runs.</summary>
/// <param name="name">The function's name: unique in the app without regard to case, and what orchestrators and activities are called by.</param>
[AttributeUsage(AttributeTargets.Method)]
public class FunctionAttribute(string name) : Attribute
{
    /// <summary>The function's name.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));
}
