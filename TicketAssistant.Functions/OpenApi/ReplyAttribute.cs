namespace TicketAssistant.Functions.OpenApi;

/// <summary>A reply of an HTTP function that is no problem. A status with several forms has one for each.</summary>
/// <param name="status">The HTTP status code.</param>
/// <param name="description">What it means.</param>
/// <param name="body">
/// The type that is sent, for which OpenApi/Examples has an example by its name; null where nothing, or no JSON, is sent. For a
/// stream of events: the type of their data.
/// </param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ReplyAttribute(int status, string description, Type? body = null) : Attribute
{
    /// <summary>The HTTP status code.</summary>
    public int Status { get; } = status;

    /// <summary>What it means.</summary>
    public string Description { get; } = description;

    /// <summary>The type that is sent; null for none.</summary>
    public Type? Body { get; } = body;

    /// <summary>Its media type; null for JSON where there is a body, for nothing where there is none.</summary>
    public string? MediaType { get; init; }

    /// <summary>Headers that always come with it, each one of <see cref="ReplyHeaders"/>.</summary>
    public string[] Headers { get; init; } = [];

    /// <summary>How a reply looks that is text but not JSON.</summary>
    public string? Example { get; init; }
}
