using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Triage;
using Xunit;

namespace TicketAssistant.Tests.Http;

public sealed class ProblemDetailsMiddlewareTests
{
    private readonly FakeInvocation _invocation = new();

    private HttpResponse Response => _invocation.Http.Response;

    [Fact]
    public void What_no_request_triggered_is_passed_on_untouched()
    {
        var turn = new TaskCompletionSource().Task;

        Assert.Same(turn, Middleware().Invoke(new FakeInvocation(http: false), _ => turn));
    }

    [Fact]
    public async Task A_result_is_carried_out_with_its_headers_and_not_a_second_time()
    {
        await RunAsync(c => c.GetInvocationResult().Value = JsonResults.Created("/api/x/1", new { ClientId = 1 }));

        Assert.Equal(201, Response.StatusCode);
        Assert.Equal("/api/x/1", Response.Headers.Location);
        Assert.Equal("""{"clientId":1}""", _invocation.BodyText);
        Assert.Same(Results.Empty, _invocation.GetInvocationResult().Value);
        AssertSecurityHeaders();
    }

    [Fact]
    public async Task A_problem_is_told_in_problem_details()
    {
        await RunAsync(_ => throw ProblemException.Invalid("title", "is required"));

        Assert.Equal(400, Response.StatusCode);
        Assert.StartsWith("application/problem+json", Response.ContentType, StringComparison.Ordinal);
        var problem = _invocation.BodyJson;
        Assert.Equal(400, problem.GetProperty("status").GetInt32());
        Assert.Equal("is required", problem.GetProperty("errors").GetProperty("title")[0].GetString());
        Assert.NotEqual("", problem.GetProperty("traceId").GetString());
        AssertSecurityHeaders();
    }

    [Fact]
    public async Task A_problem_wrapped_by_the_host_is_the_same_problem()
    {
        await RunAsync(_ => throw new AggregateException(new AggregateException(new ProblemException(422, "t", "d"))));

        Assert.Equal(422, Response.StatusCode);
        Assert.False(_invocation.BodyJson.TryGetProperty("errors", out _));
    }

    [Fact]
    public async Task What_a_result_throws_is_a_500_that_says_nothing_of_the_inside()
    {
        await RunAsync(c => c.GetInvocationResult().Value = new Failing("secret detail", start: false));

        Assert.Equal(500, Response.StatusCode);
        Assert.DoesNotContain("secret", _invocation.BodyText, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(Failing), _invocation.BodyText, StringComparison.Ordinal);
        Assert.False(Response.Headers.ContainsKey("Location"));
        Assert.Same(Results.Empty, _invocation.GetInvocationResult().Value);
        AssertSecurityHeaders();
    }

    [Fact]
    public async Task A_reply_that_breaks_off_is_cut_and_not_ended()
    {
        _invocation.Http.Features.Set<IHttpResponseFeature>(new Started());

        await RunAsync(c => c.GetInvocationResult().Value = new Failing("x", start: true));

        Assert.True(_invocation.Lifetime.Aborted);
    }

    [Fact]
    public async Task A_store_that_is_away_is_a_503_with_a_time_to_come_back()
    {
        await RunAsync(_ => throw new StoreUnavailableException("The store is locked by another process."));

        Assert.Equal(503, Response.StatusCode);
        Assert.Equal("5", Response.Headers.RetryAfter);
        Assert.DoesNotContain("locked", _invocation.BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_scheduled_is_a_503_with_a_time_to_come_back()
    {
        await RunAsync(_ => throw new DurableUnavailableException("'triage-1' could not be scheduled.", new IOException("disk full")));

        Assert.Equal(503, Response.StatusCode);
        Assert.Equal("5", Response.Headers.RetryAfter);
        Assert.DoesNotContain("triage-1", _invocation.BodyText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unreadable_request_keeps_its_status()
    {
        await RunAsync(_ => throw new BadHttpRequestException("chunk", StatusCodes.Status408RequestTimeout));

        Assert.Equal(408, Response.StatusCode);
    }

    [Fact]
    public async Task Nobody_is_told_after_the_client_has_left()
    {
        _invocation.Lifetime.RequestAborted = new CancellationToken(canceled: true);

        await RunAsync(_ => throw new OperationCanceledException());

        Assert.Equal("", _invocation.BodyText);
        Assert.Equal(200, Response.StatusCode);
    }

    [Fact]
    public async Task Only_a_listed_origin_may_read_replies_and_failures_too()
    {
        _invocation.Http.Request.Headers.Origin = "https://app.example.org";
        await RunAsync(_ => throw new ProblemException(404, "t", "d"), "https://app.example.org");
        Assert.Equal("https://app.example.org", Response.Headers.AccessControlAllowOrigin);
        Assert.Equal("Origin", Response.Headers.Vary);
        Assert.False(Response.Headers.ContainsKey("Access-Control-Allow-Credentials"));

        var other = new FakeInvocation();
        other.Http.Request.Headers.Origin = "https://evil.example.org";
        await Middleware("https://app.example.org").Invoke(other, _ => Task.CompletedTask);
        Assert.False(other.Http.Response.Headers.ContainsKey("Access-Control-Allow-Origin"));
        Assert.Equal("Origin", other.Http.Response.Headers.Vary);
    }

    private static ProblemDetailsMiddleware Middleware(params string[] origins) =>
        new(new Cors(origins), NullLogger<ProblemDetailsMiddleware>.Instance);

    private Task RunAsync(Action<FunctionContext> function, params string[] origins) => Middleware(origins).Invoke(_invocation, async c =>
    {
        await Task.Yield();
        function(c);
    });

    private void AssertSecurityHeaders()
    {
        Assert.Equal("nosniff", Response.Headers.XContentTypeOptions);
        Assert.Equal("no-store", Response.Headers.CacheControl);
        Assert.Equal("no-referrer", Response.Headers["Referrer-Policy"]);
        Assert.Equal("default-src 'none'; frame-ancestors 'none'", Response.Headers.ContentSecurityPolicy);
    }

    private sealed class Failing(string message, bool start) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = "/nowhere";
            if (start) await httpContext.Response.WriteAsync("half");
            throw new JsonException(message);
        }
    }

    private sealed class Started : HttpResponseFeature
    {
        public override bool HasStarted => true;
    }
}
