using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>
/// Cuts a request on which no byte has moved, in either direction, for as long as the real host's forwarder waits. Streams
/// that mean to stay open have to say something now and then.
/// </summary>
internal sealed class SilenceLimit : IDisposable
{
    /// <summary>How long nothing may be said.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(240);

    private readonly ITimer _timer;

    private SilenceLimit(HttpContext http, TimeProvider time, Action onCut) =>
        _timer = time.CreateTimer(
            _ =>
            {
                onCut();
                http.Abort();
            },
            null,
            Longest,
            Timeout.InfiniteTimeSpan);

    /// <summary>Watches a request from now on.</summary>
    public static SilenceLimit Watch(HttpContext http, TimeProvider time, Action onCut)
    {
        var limit = new SilenceLimit(http, time, onCut);
        if (http.Request.ContentLength is not (null or 0)) http.Request.Body = new WatchedStream(http.Request.Body, limit.Heard);
        var response = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        http.Features.Set<IHttpResponseBodyFeature>(new WatchedResponse(response, limit.Heard));
        return limit;
    }

    public void Dispose() => _timer.Dispose();

    private void Heard() => _timer.Change(Longest, Timeout.InfiniteTimeSpan);

    /// <summary>The server's own response body; only looks on, so that sync writes, flushes and the end stay the server's business.</summary>
    private sealed class WatchedResponse(IHttpResponseBodyFeature inner, Action heard) : IHttpResponseBodyFeature
    {
        public Stream Stream => field ??= new WatchedStream(inner.Stream, heard);

        public PipeWriter Writer => field ??= new WatchedWriter(inner.Writer, heard);

        public void DisableBuffering() => inner.DisableBuffering();

        public Task StartAsync(CancellationToken cancellationToken = default)
        {
            heard();
            return inner.StartAsync(cancellationToken);
        }

        public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default) =>
            SendFileFallback.SendFileAsync(Stream, path, offset, count, cancellationToken);

        public Task CompleteAsync() => inner.CompleteAsync();
    }
}
