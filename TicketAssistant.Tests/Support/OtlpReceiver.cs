using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TicketAssistant.Tests.Support;

/// <summary>Takes what an exporter posts by OTLP over HTTP, on a real socket of the loopback interface, and keeps the bytes.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Path, string? ContentType, byte[] Body)> _posts = new();

    private OtlpReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _posts.Enqueue((context.Request.Path, context.Request.ContentType, body.ToArray()));
            context.Response.ContentType = "application/x-protobuf";
        });
    }

    /// <summary>The value for <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
    public string Endpoint => _app.Urls.First();

    /// <summary>Everything that came, in order.</summary>
    public IReadOnlyList<(string Path, string? ContentType, byte[] Body)> Posts => [.. _posts];

    public static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver._app.StartAsync();
        return receiver;
    }

    /// <summary>Whether these bytes are in what was posted to a path.</summary>
    public bool Has(string path, ReadOnlySpan<byte> bytes)
    {
        foreach (var post in Posts)
        {
            if (post.Path == path && post.Body.AsSpan().IndexOf(bytes) >= 0) return true;
        }

        return false;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
