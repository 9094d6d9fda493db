using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Http;

/// <summary>
/// Outermost: every HTTP reply gets its headers here, every failure becomes problem details. It carries the function's result
/// out itself, because what a result throws later passes all middleware by and ends as an empty 500.
/// </summary>
internal sealed class ProblemDetailsMiddleware(Cors cors, ILogger<ProblemDetailsMiddleware> logger) : IFunctionsWorkerMiddleware
{
    private const int RetryAfterSeconds = 5;

    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        // Anything awaited around an orchestrator's turn would break its determinism.
        context.GetHttpContext() is { } http ? RunAsync(context, http, next) : next(context);

    private async Task RunAsync(FunctionContext context, HttpContext http, FunctionExecutionDelegate next)
    {
        try
        {
            SetHeaders(http);
            await next(context);
            if (context.GetInvocationResult().Value is IResult result) await result.ExecuteAsync(http);
        }
        catch (Exception e)
        {
            await AnswerAsync(context, http, Unwrap(e));
        }

        context.GetInvocationResult().Value = Results.Empty;
    }

    private async Task AnswerAsync(FunctionContext context, HttpContext http, Exception failure)
    {
        if (http.RequestAborted.IsCancellationRequested) return; // nobody is there to be told
        var problem = ProblemOf(failure);
        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            // Without its stack trace where it is expected: a store that is away fails every request.
            logger.LogError(
                problem.Status == StatusCodes.Status500InternalServerError ? failure : null,
                "{Function} failed with {Status} (trace {TraceId}): {Reason}",
                context.FunctionDefinition.Name, problem.Status, Problems.TraceId(http), failure.Message);
        }

        if (http.Response.HasStarted)
        {
            http.Abort(); // half a reply must not look like a whole one
            return;
        }

        http.Response.Clear();
        SetHeaders(http);
        try
        {
            await Problems.WriteAsync(http, problem);
        }
        catch (Exception e) when (http.RequestAborted.IsCancellationRequested)
        {
            logger.LogDebug(e, "The client left before it was told of {Status}.", problem.Status);
        }
    }

    private void SetHeaders(HttpContext http)
    {
        SecurityHeaders.Apply(http.Response);
        cors.Apply(http);
    }

    private static Exception Unwrap(Exception failure)
    {
        // The real host wraps what an asynchronous function throws.
        while (failure is AggregateException { InnerExceptions: [var only] }) failure = only;
        return failure;
    }

    private static ProblemException ProblemOf(Exception failure) => failure switch
    {
        ProblemException problem => problem,
        BadHttpRequestException bad => new ProblemException(bad.StatusCode, "Bad request", "The request could not be read."),
        StoreUnavailableException => new ProblemException(
            StatusCodes.Status503ServiceUnavailable, "Try again soon", "The store does not answer just now.",
            retryAfterSeconds: RetryAfterSeconds),
        DurableUnavailableException => new ProblemException(
            StatusCodes.Status503ServiceUnavailable, "Try again soon", "This could not be begun just now.",
            retryAfterSeconds: RetryAfterSeconds),
        PasswordsBusyException => new ProblemException(
            StatusCodes.Status503ServiceUnavailable, "Try again soon", "Too many people are logging in at this moment.",
            retryAfterSeconds: RetryAfterSeconds),
        _ => new ProblemException(
            StatusCodes.Status500InternalServerError, "Something went wrong", "The error is in the log under this traceId."),
    };
}
