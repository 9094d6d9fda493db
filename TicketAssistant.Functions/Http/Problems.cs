using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace TicketAssistant.Functions.Http;

/// <summary>Answers with problem details.</summary>
internal static class Problems
{
    /// <summary>Finds this request in the log: the W3C trace id where there is one.</summary>
    public static string TraceId(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;

    /// <summary>A result that answers with <paramref name="problem"/>, for functions that decide it without an exception.</summary>
    public static IResult Result(ProblemException problem) => new ProblemResult(problem);

    /// <summary>Writes <paramref name="problem"/>; the response must not have started.</summary>
    public static Task WriteAsync(HttpContext context, ProblemException problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        if (problem.Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        if (problem.Header is { } header) response.Headers[header.Name] = header.Value;
        if (problem.RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var reply = new ProblemReply(problem.Title, problem.Status, problem.Detail, TraceId(context), problem.Errors, problem.CurrentVersion);
        return response.WriteAsJsonAsync(reply, HttpJson.Replies, "application/problem+json", context.RequestAborted);
    }

    private sealed class ProblemResult(ProblemException problem) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, problem);
    }
}
