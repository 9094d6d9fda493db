using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace TicketAssistant.Tests.Hosting;

/// <summary>The small app that <see cref="HostTelemetryTests"/> looks at.</summary>
internal static class HostTelemetryFunctions
{
    /// <summary>The trace context that each invocation was given, by function and instance.</summary>
    public static ConcurrentDictionary<string, (string Parent, string State)> Given { get; } = new();

    [Function("Item")]
    public static IResult Item([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items/{id:guid}")] HttpRequest request) =>
        Results.Text(request.Method);

    [Function("Fails")]
    public static IResult Fails([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "fails")] HttpRequest request) =>
        throw new FormatException(request.Method);

    [Function("Begin")]
    public static async Task<IResult> BeginAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "begin/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient durable,
        FunctionContext context)
    {
        Note("Begin", id, context);
        await durable.ScheduleNewOrchestrationInstanceAsync("Traced", null, new StartOrchestrationOptions(id));
        await durable.WaitForInstanceCompletionAsync(id, request.HttpContext.RequestAborted);
        return Results.Text(id);
    }

    [Function("Traced")]
    public static async Task<string> Traced([OrchestrationTrigger] TaskOrchestrationContext orchestration, FunctionContext context)
    {
        Note("Traced", orchestration.InstanceId, context);
        return await orchestration.CallActivityAsync<string>("TracedStep", orchestration.InstanceId);
    }

    [Function("TracedStep")]
    public static string Step([ActivityTrigger] string id, FunctionContext context)
    {
        Note("TracedStep", id, context);
        return id;
    }

    private static void Note(string function, string id, FunctionContext context) =>
        Given[$"{function} {id}"] = (context.TraceContext.TraceParent, context.TraceContext.TraceState);
}
