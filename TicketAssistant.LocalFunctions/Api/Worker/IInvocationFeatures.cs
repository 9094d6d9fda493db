namespace Microsoft.Azure.Functions.Worker;

/// <summary>Objects attached to one invocation, at most one of each type.</summary>
public interface IInvocationFeatures : IEnumerable<KeyValuePair<Type, object>>
{
    /// <summary>Attaches an object, in place of one already there.</summary>
    /// <typeparam name="T">The type it is found by.</typeparam>
    /// <param name="instance">The object.</param>
    void Set<T>(T instance);

    /// <summary>Finds an object.</summary>
    /// <typeparam name="T">The type it was attached by.</typeparam>
    /// <returns>The object, or null where there is none.</returns>
    T? Get<T>();
}
