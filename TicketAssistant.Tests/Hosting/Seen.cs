using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace TicketAssistant.Tests.Hosting;

/// <summary>Middleware that notes every invocation and what it threw.</summary>
internal sealed class Seen : IFunctionsWorkerMiddleware
{
    private readonly ConcurrentQueue<(string Function, Exception? Thrown)> _all = new();

    public IReadOnlyList<(string Function, Exception? Thrown)> All => [.. _all];

    public int Count(string function) => _all.Count(s => s.Function == function);

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        try
        {
            await next(context);
            _all.Enqueue((context.FunctionDefinition.Name, null));
        }
        catch (Exception e)
        {
            _all.Enqueue((context.FunctionDefinition.Name, e));
            throw;
        }
    }
}
