namespace Microsoft.DurableTask;

/// <summary>Some values of a longer list.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
/// <param name="values">The values.</param>
/// <param name="continuationToken">Where the next page begins; null after the last.</param>
public sealed class Page<T>(IReadOnlyList<T> values, string? continuationToken = null)
    where T : notnull
{
    /// <summary>The values.</summary>
    public IReadOnlyList<T> Values { get; } = values ?? throw new ArgumentNullException(nameof(values));

    /// <summary>Where the next page begins; null after the last.</summary>
    public string? ContinuationToken { get; } = continuationToken;
}
