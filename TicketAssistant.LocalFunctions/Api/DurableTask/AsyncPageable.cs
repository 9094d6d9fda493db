namespace Microsoft.DurableTask;

/// <summary>Values that are fetched a page at a time while they are enumerated.</summary>
/// <typeparam name="T">The type of the values.</typeparam>
public abstract class AsyncPageable<T> : IAsyncEnumerable<T>
    where T : notnull
{
    /// <summary>Enumerates the pages.</summary>
    /// <param name="continuationToken">Where to go on, as an earlier page said; null for the beginning.</param>
    /// <param name="pageSizeHint">How many values a page should have; null for the source's choice.</param>
    /// <returns>The pages.</returns>
    public abstract IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = default, int? pageSizeHint = default);

    /// <summary>Enumerates the values of all pages.</summary>
    /// <param name="cancellationToken">Gives up fetching.</param>
    /// <returns>The enumerator.</returns>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (Page<T> page in AsPages().WithCancellation(cancellationToken))
        {
            foreach (T value in page.Values)
            {
                yield return value;
            }
        }
    }
}
