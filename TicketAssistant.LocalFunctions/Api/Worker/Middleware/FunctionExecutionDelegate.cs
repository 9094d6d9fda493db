namespace Microsoft.Azure.Functions.Worker.Middleware;

/// <summary>A step of the invocation pipeline, or all of it from there on.</summary>
/// <param name="context">The invocation.</param>
/// <returns>Completes when the step and what follows it have.</returns>
public delegate Task FunctionExecutionDelegate(FunctionContext context);
