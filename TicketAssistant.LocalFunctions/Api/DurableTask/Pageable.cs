using System.Runtime.CompilerServices;

namespace Microsoft.DurableTask;

/// <summary>Makes pageables from functions that fetch a page.</summary>
public static class Pageable
{
    /// <summary>A pageable that fetches with a continuation token.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="pageFunc">Fetches the page at a token; null asks for the first.</param>
    /// <returns>The pageable.</returns>
    public static AsyncPageable<T> Create<T>(Func<string?, CancellationToken, Task<Page<T>>> pageFunc)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(pageFunc);
        return Create<T>((continuationToken, _, cancellation) => pageFunc(continuationToken, cancellation));
    }

    /// <summary>A pageable that fetches with a continuation token and a page size.</summary>
    /// <typeparam name="T">The type of the values.</typeparam>
    /// <param name="pageFunc">Fetches the page at a token, with the page size that was asked for, if any.</param>
    /// <returns>The pageable.</returns>
    public static AsyncPageable<T> Create<T>(Func<string?, int?, CancellationToken, Task<Page<T>>> pageFunc)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(pageFunc);
        return new FetchingPageable<T>(pageFunc);
    }

    private sealed class FetchingPageable<T>(Func<string?, int?, CancellationToken, Task<Page<T>>> pageFunc) : AsyncPageable<T>
        where T : notnull
    {
        public override IAsyncEnumerable<Page<T>> AsPages(string? continuationToken = default, int? pageSizeHint = default)
            => Fetch(continuationToken, pageSizeHint);

        private async IAsyncEnumerable<Page<T>> Fetch(
            string? continuationToken,
            int? pageSizeHint,
            [EnumeratorCancellation] CancellationToken cancellation = default)
        {
            do
            {
                Page<T> page = await pageFunc(continuationToken, pageSizeHint, cancellation);
                yield return page;
                continuationToken = page.ContinuationToken;
            }
            while (continuationToken is not null);
        }
    }
}
