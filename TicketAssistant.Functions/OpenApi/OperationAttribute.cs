namespace TicketAssistant.Functions.OpenApi;

/// <summary>
/// Describes an HTTP function for the OpenAPI document: with it, its <see cref="ReplyAttribute"/>s, and where there are some, its
/// <see cref="FailureAttribute"/>s and <see cref="ParameterAttribute"/>s. What follows from the route, the body and who may call
/// (400, 401, 403, 404, 413, 415, 503) is added by itself. Every HTTP function needs one: a test names those without.
/// </summary>
/// <param name="summary">What it does, in a few words.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OperationAttribute(string summary) : Attribute
{
    /// <summary>What it does, in a few words.</summary>
    public string Summary { get; } = summary;

    /// <summary>What it reads with ReadJsonAsync; null where it has no body.</summary>
    public Type? Body { get; init; }

    /// <summary>True where the body may be left out.</summary>
    public bool BodyIsOptional { get; init; }

    /// <summary>True for a list with the parameters <c>limit</c> and <c>cursor</c>.</summary>
    public bool Paged { get; init; }
}
