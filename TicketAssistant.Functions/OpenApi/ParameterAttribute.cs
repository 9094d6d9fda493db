namespace TicketAssistant.Functions.OpenApi;

/// <summary>A parameter of an HTTP function. Those of the route that are ids need none.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does.</param>
/// <param name="type">string, int, DateTimeOffset (a day will do, too) or an enum; string where nothing is said.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ParameterAttribute(string name, string description, Type? type = null) : Attribute
{
    /// <summary>Its name.</summary>
    public string Name { get; } = name;

    /// <summary>What it does.</summary>
    public string Description { get; } = description;

    /// <summary>Its type.</summary>
    public Type Type { get; } = type ?? typeof(string);

    /// <summary>Where it is: <c>query</c>, <c>header</c> or <c>path</c>.</summary>
    public string In { get; init; } = "query";

    /// <summary>The greatest number, or the most characters.</summary>
    public int Max { get; init; } = 500;

    /// <summary>A value that makes sense; without one, enums and numbers have their first.</summary>
    public string? Example { get; init; }
}
