using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace TicketAssistant.Tests.Hosting;

/// <summary>A route for one path and a catch-all for the rest.</summary>
internal static class CatchAllFunctions
{
    [Function("Items")]
    public static IResult Items([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "items")] HttpRequest request) =>
        Results.Text("items");

    [Function("ZFiles")]
    public static IResult Files([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, string? path)
    {
        request.HttpContext.Response.Headers["X-Path"] = $"[{path}]";
        return Results.Text($"files {request.Method} [{path}]");
    }
}
