namespace Microsoft.Azure.Functions.Worker;

/// <summary>A function that the host found.</summary>
public abstract class FunctionDefinition
{
    /// <summary>The path of the assembly that holds the function.</summary>
    public abstract string PathToAssembly { get; }

    /// <summary>The function's method: namespace, type and method name joined by dots.</summary>
    public abstract string EntryPoint { get; }

    /// <summary>The function's id, the same in every run of the same build.</summary>
    public abstract string Id { get; }

    /// <summary>The function's name, as its <see cref="FunctionAttribute"/> gives it.</summary>
    public abstract string Name { get; }
}
