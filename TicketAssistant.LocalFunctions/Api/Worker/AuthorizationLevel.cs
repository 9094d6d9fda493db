namespace Microsoft.Azure.Functions.Worker;

/// <summary>The key that a caller of an HTTP function must present.</summary>
public enum AuthorizationLevel
{
    /// <summary>No key.</summary>
    Anonymous = 0,

    /// <summary>A signed-in user; no host enforces it.</summary>
    User = 1,

    /// <summary>The function's key or the host's.</summary>
    Function = 2,

    /// <summary>A system key, as the durable webhooks ask for.</summary>
    System = 3,

    /// <summary>The master key.</summary>
    Admin = 4,
}
