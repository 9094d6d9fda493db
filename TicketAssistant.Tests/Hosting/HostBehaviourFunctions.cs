using System.Globalization;
using DurableTask.Core.Exceptions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace TicketAssistant.Tests.Hosting;

/// <summary>The small app that <see cref="HostBehaviourTests"/> looks at.</summary>
internal static class HostBehaviourFunctions
{
    public enum Colour
    {
        Red,
        Blue,
    }

    public sealed record Paint(string ColourName, Colour Colour);

    [Function("A_Wide")]
    public static IResult Wide([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "things/{id}")] HttpRequest request, string id) =>
        Results.Text($"wide {id} {request.Method}");

    [Function("B_Narrow")]
    public static IResult Narrow([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "things/mine")] HttpRequest request) =>
        Results.Text($"narrow {request.Method}");

    [Function("ThrowAsync")]
    public static async Task<IResult> ThrowAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "throw/async")] HttpRequest request)
    {
        await Task.Yield();
        throw new FormatException(request.Method);
    }

    [Function("ThrowSync")]
    public static IResult ThrowSync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "throw/sync")] HttpRequest request) =>
        throw new FormatException(request.Method);

    [Function("ThrowInResult")]
    public static IResult ThrowInResult([HttpTrigger(AuthorizationLevel.Anonymous, Route = "throw/result")] HttpRequest request) =>
        new Result(_ => throw new FormatException(request.Method));

    [Function("WriteSync")]
    public static IResult WriteSync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "write/sync")] HttpRequest request) =>
        new Result(http =>
        {
            http.Response.Body.Write("text"u8);
            return Task.CompletedTask;
        });

    [Function("Json")]
    public static IResult Json([HttpTrigger(AuthorizationLevel.Anonymous, Route = "json")] HttpRequest request) =>
        Results.Ok(new Paint("blue", Colour.Blue));

    [Function("Peer")]
    public static IResult Peer([HttpTrigger(AuthorizationLevel.Anonymous, Route = "peer")] HttpRequest request) =>
        Results.Text($"{request.HttpContext.Connection.RemoteIpAddress} [{request.Headers["X-Forwarded-For"]}]");

    [Function("Length")]
    public static async Task<IResult> Length([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "length")] HttpRequest request)
    {
        var buffer = new byte[65536];
        var length = 0L;
        while (await request.Body.ReadAsync(buffer) is > 0 and var read) length += read;
        return Results.Text($"{length} {request.Body.CanSeek}");
    }

    [Function("Refuse")]
    public static IResult Refuse([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "refuse")] HttpRequest request) =>
        Results.StatusCode(StatusCodes.Status413PayloadTooLarge);

    [Function("Stream")]
    public static IResult Stream([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "stream")] HttpRequest request) =>
        new Result(async http =>
        {
            var aborted = http.RequestServices.GetRequiredService<TaskCompletionSource>();
            await http.Response.WriteAsync("data: 1\n\n");
            await http.Response.Body.FlushAsync();
            try
            {
                await Task.Delay(Timeout.Infinite, http.RequestAborted);
            }
            finally
            {
                aborted.TrySetResult();
            }
        });

    [Function("Endpoint")]
    public static IResult Endpoint([HttpTrigger(AuthorizationLevel.Anonymous, Route = "endpoint")] HttpRequest request) =>
        Results.Text($"{request.HttpContext.GetEndpoint()?.Metadata.Count ?? 0}");

    [Function("Start")]
    public static async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "start/{orchestrator}/{id}")] HttpRequest request,
        string orchestrator,
        string id,
        [DurableClient] DurableTaskClient client)
    {
        var options = new StartOrchestrationOptions(id).WithDedupeStatuses(OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending);
        try
        {
            return Results.Text(await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, new Paint("red", Colour.Blue), options));
        }
        catch (OrchestrationAlreadyExistsException e)
        {
            return Results.Conflict(e.Message);
        }
    }

    [Function("TwoTurns")]
    public static async Task<Paint> TwoTurns([OrchestrationTrigger] TaskOrchestrationContext context, Paint paint) =>
        await context.CallActivityAsync<Paint>("Repaint", paint);

    [Function("Repaint")]
    public static Paint Repaint([ActivityTrigger] Paint paint) => paint with { ColourName = paint.ColourName.ToUpperInvariant() };

    [Function("Breaks")]
    public static async Task Breaks([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync<Paint>("Repaint", new Paint("x", Colour.Red));
        throw new FormatException("broken " + context.InstanceId);
    }

    [Function("Waits")]
    public static async Task<string> Waits([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        context.SetCustomStatus("waiting");
        return await context.WaitForExternalEvent<string>("go");
    }

    [Function("Sleeps")]
    public static async Task<string> Sleeps([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var start = context.CurrentUtcDateTime;
        await context.CreateTimer(start.AddHours(1), CancellationToken.None);
        return (context.CurrentUtcDateTime - start).TotalHours.ToString("0", CultureInfo.InvariantCulture);
    }

    [Function("AtStart")]
    public static void AtStart([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer)
    {
    }

    public sealed class Result(Func<HttpContext, Task> execute) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => execute(httpContext);
    }
}
