namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function when an HTTP request matches; the marked parameter receives the request.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute : Attribute
{
    /// <summary>Any method, with the function's key.</summary>
    public HttpTriggerAttribute()
    {
    }

    /// <summary>The given methods, with the function's key.</summary>
    /// <param name="methods">HTTP methods in any case; none means all.</param>
    public HttpTriggerAttribute(params string[] methods) => Methods = methods;

    /// <summary>Any method.</summary>
    /// <param name="authLevel">The key that the caller must present.</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel) => AuthLevel = authLevel;

    /// <summary>The given methods.</summary>
    /// <param name="authLevel">The key that the caller must present.</param>
    /// <param name="methods">HTTP methods in any case; none means all.</param>
    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>The route template below the host's route prefix; null means the function's name.</summary>
    public string? Route { get; set; }

    /// <summary>The HTTP methods that match; null or empty means all.</summary>
    public string[]? Methods { get; }

    /// <summary>The key that the caller must present; <see cref="AuthorizationLevel.Function"/> unless given.</summary>
    public AuthorizationLevel AuthLevel { get; } = AuthorizationLevel.Function;
}
