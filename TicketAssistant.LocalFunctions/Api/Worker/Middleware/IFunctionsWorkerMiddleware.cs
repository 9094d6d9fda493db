namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>
/// A step of the invocation pipeline. It sees every function, and an orchestrator's once in each of its turns, replays
/// included: there, anything awaited besides <c>next</c> breaks the orchestrator's determinism.
/// </summary>
public interface IFunctionsWorkerMiddleware
{
    /// <summary>Runs the step.</summary>
    /// <param name="context">The invocation.</param>
    /// <param name="next">The rest of the pipeline; a step that doesn't call it ends the invocation there.</param>
    /// <returns>Completes when the step has.</returns>
    Task Invoke(FunctionContext context, FunctionExecutionDelegate next);
}
