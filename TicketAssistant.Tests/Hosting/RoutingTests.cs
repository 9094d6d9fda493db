using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TicketAssistant.LocalFunctions.Hosting;
using TicketAssistant.Tests.Support;
using Xunit;

namespace TicketAssistant.Tests.Hosting;

public sealed class RoutingTests : IAsyncLifetime
{
    private LocalHostHarness _app = null!;

    public async ValueTask InitializeAsync() =>
        _app = await Hosts.StartAsync(typeof(Functions), builder => builder.Services.AddScoped<Scoped>());

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Theory]
    [InlineData("/guid/6f9619ff-8b86-d011-b42d-00c04fc964ff", 200, "6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    [InlineData("/guid/mine", 404, "")]
    [InlineData("/typed/7/5000000000/true/1.5", 200, "7 5000000000 True 1.5")]
    [InlineData("/typed/seven/5/true/1.5", 500, "")]
    [InlineData("/typed/7/5/yes/1.5", 500, "")]
    [InlineData("/number/12", 200, "12")]
    [InlineData("/number/x", 404, "")]
    [InlineData("/pattern/ab", 200, "ab")]
    [InlineData("/pattern/12", 404, "")]
    [InlineData("/optional", 200, "none")]
    [InlineData("/optional/x", 200, "x")]
    [InlineData("/text/a%20b", 200, "a b")]
    [InlineData("/TEXT/a", 200, "a")]
    [InlineData("/ByName", 200, "by name")]
    [InlineData("/nothing/here", 404, "")]
    [InlineData("/", 404, "")]
    public async Task A_request_is_answered_by_its_route(string path, int status, string body)
    {
        using var response = await _app.Client.GetAsync(path);

        Assert.Equal((status, body), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Theory]
    [InlineData("HEAD", "/text/a")]
    [InlineData("POST", "/text/a")]
    [InlineData("OPTIONS", "/text/a")]
    public async Task A_method_that_no_function_takes_is_an_empty_404(string method, string path)
    {
        using var response = await _app.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Anything_but_anonymous_asks_for_the_key()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/keyed", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/keyed", "wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("/keyed?code=wrong", _app.ManagementKey));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/keyed", _app.ManagementKey));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync($"/keyed?code={_app.ManagementKey}", null));
    }

    [Fact]
    public async Task Each_invocation_has_a_scope_of_its_own_that_the_request_shares()
    {
        var one = await _app.Client.GetStringAsync("/scoped");
        var two = await _app.Client.GetStringAsync("/scoped");

        Assert.NotEqual(one, two);
        Assert.Equal(3, one.Split(' ').Length);
        Assert.Single(one.Split(' ').Distinct());
    }

    [Fact]
    public async Task Middleware_can_replace_the_result()
    {
        await using var app = await Hosts.StartAsync(typeof(Functions), builder => builder.UseMiddleware(async (context, next) =>
        {
            await next();
            context.GetInvocationResult().Value = Results.Text("replaced");
        }));

        Assert.Equal("replaced", await app.Client.GetStringAsync("/text/a"));
    }

    [Fact]
    public void A_prefix_comes_before_every_route()
    {
        var router = new HttpRouter(FunctionDiscovery.Find([typeof(Functions)], usesAspNetCore: true), "api");

        Assert.Equal("Text", router.Match(Get("/api/text/a"), [])?.Name);
        Assert.Null(router.Match(Get("/text/a"), []));

        static DefaultHttpContext Get(string path) => new() { Request = { Method = "GET", Path = path } };
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null) request.Headers.Add("x-functions-key", key);
        using var response = await _app.Client.SendAsync(request);
        return response.StatusCode;
    }

    private sealed class Scoped
    {
        public Guid Id { get; } = Guid.NewGuid();
    }

    private sealed class Functions(IServiceProvider services)
    {
        [Function("Guid")]
        public static IResult OfGuid([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "guid/{id:guid}")] HttpRequest request, Guid id) =>
            Results.Text($"{id}");

        [Function("Typed")]
        public static IResult Typed(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "typed/{i}/{l}/{b}/{d}")] HttpRequest request, int i, long l, bool b, double d) =>
            Results.Text($"{i} {l} {b} {d}");

        [Function("Number")]
        public static IResult Number([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "number/{n:int:min(1)}")] HttpRequest request, int n) =>
            Results.Text($"{n}");

        [Function("Pattern")]
        public static IResult Pattern([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "pattern/{p:regex(^[a-z]+$)}")] HttpRequest request, string p) =>
            Results.Text(p);

        [Function("Optional")]
        public static IResult Optional([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "optional/{p?}")] HttpRequest request, string? p) =>
            Results.Text(p ?? "none");

        [Function("Text")]
        public static Task<IResult> Text([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "text/{p}")] HttpRequest request, string p) =>
            Task.FromResult(Results.Text(p));

        [Function("ByName")]
        public static IResult ByName([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Text("by name");

        [Function("Keyed")]
        public static IResult Keyed([HttpTrigger(AuthorizationLevel.Function, "get", Route = "keyed")] HttpRequest request) => Results.Ok();

        [Function("Scoped")]
        public IResult OfScope([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "scoped")] HttpRequest request, FunctionContext context) =>
            Results.Text(string.Join(' ', new[] { services, context.InstanceServices, request.HttpContext.RequestServices }
                .Select(s => s.GetRequiredService<Scoped>().Id)));
    }
}
