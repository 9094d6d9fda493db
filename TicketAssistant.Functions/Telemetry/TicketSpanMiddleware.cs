using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace TicketAssistant.Functions.Telemetry;

/// <summary>Notes on the span of a request for one ticket which one that is.</summary>
internal sealed class TicketSpanMiddleware : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is { } http
            && http.Request.Path.StartsWithSegments("/api/tickets")
            && Guid.TryParse(http.Request.RouteValues.GetValueOrDefault("id")?.ToString(), out var id)) AppTelemetry.Concerns(id);
        return next(context);
    }
}
