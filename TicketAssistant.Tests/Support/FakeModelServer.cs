using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TicketAssistant.Tests.Support;

/// <summary>Plays the OpenAI-compatible endpoint of a model server on a real socket of the loopback interface.</summary>
public sealed class FakeModelServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<FakeModelReply> script = new();
    private readonly ConcurrentQueue<RecordedModelRequest> requests = new();
    private readonly TaskCompletionSource firstRequest = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource clientLeft = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private FakeModelServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(ServeAsync);
    }

    /// <summary>The value for <c>Gemini__Endpoint</c>.</summary>
    public Uri Endpoint => new(new Uri(app.Urls.First()), "/v1beta/openai/");

    /// <summary>What is answered once the queue is empty, and for every request where nothing was queued.</summary>
    public Func<RecordedModelRequest, FakeModelReply> Otherwise { get; set; } = _ => FakeModelReply.Good();

    /// <summary>All requests so far, in order.</summary>
    public IReadOnlyList<RecordedModelRequest> Requests => [.. requests];

    /// <summary>Completes when a request has come in.</summary>
    public Task FirstRequest => firstRequest.Task;

    /// <summary>Completes when a client has gone away during a silence.</summary>
    public Task ClientLeft => clientLeft.Task;

    /// <summary>Starts on a free port.</summary>
    public static async Task<FakeModelServer> StartAsync(params FakeModelReply[] replies)
    {
        var server = new FakeModelServer();
        server.Enqueue(replies);
        await server.app.StartAsync();
        return server;
    }

    /// <summary>Queues replies, one for each request to come.</summary>
    public void Enqueue(params FakeModelReply[] replies)
    {
        foreach (var reply in replies) script.Enqueue(reply);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var request = new RecordedModelRequest(
            context.Request.Path,
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body.RootElement.Clone());
        requests.Enqueue(request);
        firstRequest.TrySetResult();
        if (!script.TryDequeue(out var reply)) reply = Otherwise(request);

        try
        {
            await Task.Delay(reply.Hang, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            clientLeft.TrySetResult();
            return;
        }
        if (reply.Drop)
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = "application/json";
        if (reply.RetryAfter is not null) context.Response.Headers.RetryAfter = reply.RetryAfter;
        await context.Response.WriteAsync(reply.Body);
    }
}
