using System.Runtime.ExceptionServices;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using TicketAssistant.LocalFunctions.Durable;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>Runs functions, whatever triggers them, inside the app's middleware.</summary>
/// <param name="middleware">The app's steps, outermost first.</param>
/// <param name="scopes">Makes each invocation's services.</param>
internal sealed class FunctionPipeline(
    IReadOnlyList<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware, IServiceScopeFactory scopes)
{
    private readonly FunctionExecutionDelegate _invoke =
        middleware.Reverse().Aggregate((FunctionExecutionDelegate)InvokeFunctionAsync, (next, step) => step(next));

    /// <summary>The services for one invocation; the caller disposes them when it has taken the result.</summary>
    public AsyncServiceScope CreateScope() => scopes.CreateAsyncScope();

    /// <summary>Runs one invocation. What the function threw comes out as middleware left it.</summary>
    public Task RunAsync(LocalFunctionContext context) => _invoke(context);

    /// <summary>Runs an activity or a timer function in a scope of its own.</summary>
    /// <param name="function">Which.</param>
    /// <param name="triggerValue">What its trigger's parameter receives.</param>
    /// <param name="client">What its [DurableClient] parameter receives.</param>
    /// <param name="cancellationToken">Signalled when the host gives up.</param>
    /// <param name="trace">What set it going, as <see cref="TraceText"/>; counts where nobody listens, and so there is no span.</param>
    /// <returns>What it returned.</returns>
    /// <exception cref="Exception">What it threw, without the AggregateException around it.</exception>
    public async Task<object?> RunAsync(LocalFunction function, object? triggerValue, DurableTaskClient client, CancellationToken cancellationToken, string? trace = null)
    {
        await using var scope = CreateScope();
        var context = new LocalFunctionContext(function, scope.ServiceProvider, triggerValue, cancellationToken) { DurableClient = client, Trace = trace };
        return await RunUnwrappedAsync(context);
    }

    /// <summary>Starts an orchestrator; at the end of the turn its code may still be waiting.</summary>
    /// <returns>Completes with what it returned, or not at all.</returns>
    public Task<object?> RunTurnAsync(LocalFunction function, Microsoft.DurableTask.TaskOrchestrationContext turn)
    {
        var scope = CreateScope();
        // Code that is let go of while it waits is never resumed, so nothing after an await can do this.
        if (SynchronizationContext.Current is TurnSynchronizationContext current) current.OnRelease(() => _ = scope.DisposeAsync().AsTask());
        return RunUnwrappedAsync(new LocalFunctionContext(function, scope.ServiceProvider, turn, CancellationToken.None) { Trace = (turn as ReplayContext)?.Trace });
    }

    private static async Task InvokeFunctionAsync(FunctionContext context)
    {
        if (context is not LocalFunctionContext invocation)
            throw new InvalidOperationException($"A middleware passed a {context.GetType()} on; pass the context that it was given.");
        invocation.Result.Value = await invocation.Function.InvokeAsync(invocation);
    }

    private async Task<object?> RunUnwrappedAsync(LocalFunctionContext context)
    {
        try
        {
            await RunAsync(context);
        }
        catch (AggregateException e) when (e.InnerExceptions.Count == 1)
        {
            // The engine's failure details name the cause, as the real extension's do.
            ExceptionDispatchInfo.Throw(e.InnerException!);
        }

        return context.Result.Value;
    }
}
