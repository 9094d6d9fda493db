using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>
/// Lets through the request bodies that the real host lets through. One with a Content-Length streams to the function. A
/// chunked one of 20 MB is known to end in an empty 500 there whatever the function does, so it is read to its end first.
/// </summary>
internal sealed class RequestBody : IAsyncDisposable
{
    /// <summary>The most bytes of a body whose length is given: the host's default limit.</summary>
    public const long MaxLength = 100 * 1024 * 1024;

    /// <summary>The most bytes of a chunked body. Where between nothing and 20 MB the real limit is, is not known.</summary>
    public const long MaxChunkedLength = 16 * 1024 * 1024;

    private const int InMemory = 64 * 1024;

    private readonly FileBufferingReadStream? _buffered;

    private RequestBody(FileBufferingReadStream? buffered) => _buffered = buffered;

    /// <summary>Makes a request's body ready for the function.</summary>
    /// <returns>What to dispose of after the function, or null where the real host would not get the body to its end.</returns>
    /// <exception cref="BadHttpRequestException">The body isn't HTTP.</exception>
    public static async Task<RequestBody?> AdmitAsync(HttpContext http)
    {
        var request = http.Request;
        if (request.ContentLength > MaxLength) return null;
        if (request.ContentLength is not null || !request.Headers.ContainsKey("Transfer-Encoding")) return new RequestBody(null);

        var buffered = new FileBufferingReadStream(request.Body, InMemory, MaxChunkedLength, Path.GetTempPath());
        try
        {
            await buffered.DrainAsync(http.RequestAborted);
        }
        catch (IOException e)
        {
            await buffered.DisposeAsync();
            if (e is BadHttpRequestException) throw;
            // So the server says that a chunk's length is beyond any number.
            if (e.InnerException is OverflowException) throw new BadHttpRequestException(e.Message, e);
            return null;
        }

        buffered.Position = 0;
        // Through a pipe, which cannot be rewound: a function must not come to rely on that.
        request.Body = PipeReader.Create(buffered, new StreamPipeReaderOptions(leaveOpen: true)).AsStream();
        return new RequestBody(buffered);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _buffered?.DisposeAsync() ?? ValueTask.CompletedTask;
}
