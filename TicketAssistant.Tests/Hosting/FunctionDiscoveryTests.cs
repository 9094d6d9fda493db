using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TicketAssistant.LocalFunctions.Hosting;
using Xunit;

namespace TicketAssistant.Tests.Hosting;

/// <summary>A function that could not run ends the start, with a message that names it, its parameter and why.</summary>
public sealed class FunctionDiscoveryTests
{
    [Theory]
    [InlineData(typeof(NoTrigger), "'F'", "it has 0 triggers")]
    [InlineData(typeof(TwoTriggers), "'F'", "it has 2 triggers")]
    [InlineData(typeof(NotPublic), "'F'", "not public")]
    [InlineData(typeof(AsyncVoid), "'F'", "async void")]
    [InlineData(typeof(ValueTasks), "'F'", "ValueTask")]
    [InlineData(typeof(HttpReturnsText), "'F'", "System.String", "returns IResult or Task<IResult>")]
    [InlineData(typeof(HttpTakesText), "'F'", "'request'", "takes an HttpRequest")]
    [InlineData(typeof(HttpUnknownParameter), "'F'", "'other' (System.Int32)", "neither in the route")]
    [InlineData(typeof(HttpRouteType), "'F'", "'at' (System.DateTime)", "a route value can be")]
    [InlineData(typeof(HttpUserLevel), "'F'", "'request'", "AuthorizationLevel.User")]
    [InlineData(typeof(HttpBadRoute), "'F'", "'a/{b'", "no route template")]
    [InlineData(typeof(HttpUnknownConstraint), "'F'", "{id:nosuch}", "constraint that does not exist")]
    [InlineData(typeof(ClientWithoutAttribute), "'F'", "'client'", "[DurableClient]")]
    [InlineData(typeof(ClientOfOtherType), "'F'", "'client' (System.String)", "DurableTaskClient")]
    [InlineData(typeof(TimerTakesText), "'F'", "'timer'", "takes a TimerInfo")]
    [InlineData(typeof(TimerBadSchedule), "'F'", "'timer'", "'*/5 * * * *'", "six fields")]
    [InlineData(typeof(OrchestratorTakesText), "'F'", "'context'", "takes a TaskOrchestrationContext")]
    [InlineData(typeof(OrchestratorTakesToken), "'F'", "'token'", "deterministic")]
    [InlineData(typeof(OrchestratorTakesClient), "'F'", "'client'", "deterministic")]
    [InlineData(typeof(OrchestratorTwoInputs), "'F'", "more than one parameter for its input")]
    [InlineData(typeof(ActivityUnknownParameter), "'F'", "'more' (System.Int32)", "neither the trigger nor")]
    public void A_function_that_cannot_run_is_named_with_the_reason(Type functions, params string[] expected)
    {
        var message = Hosts.Refusal(functions);

        Assert.All(expected, text => Assert.Contains(text, message, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_functions_of_one_name_are_refused_whatever_their_case()
    {
        var message = Hosts.Refusal(typeof(NamedLower), typeof(NamedUpper));

        Assert.Contains("NamedLower.Run", message, StringComparison.Ordinal);
        Assert.Contains("NamedUpper.Run", message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_HttpRequest_needs_the_web_application()
    {
        var thrown = Assert.Throws<HostStartException>(() => FunctionDiscovery.Find([typeof(CatchAllFunctions)], usesAspNetCore: false));

        Assert.Contains("ConfigureFunctionsWebApplication", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Methods_without_the_attribute_are_no_functions() =>
        Assert.Equal(["Items", "ZFiles"], FunctionDiscovery.Find([typeof(CatchAllFunctions), typeof(string)], true).Select(f => f.Name));

    private static class NoTrigger
    {
        [Function("F")]
        public static Task Run(string text) => Task.CompletedTask;
    }

    private static class TwoTriggers
    {
        [Function("F")]
        public static Task Run([TimerTrigger("0 * * * * *")] TimerInfo timer, [ActivityTrigger] string text) => Task.CompletedTask;
    }

    private static class NotPublic
    {
        [Function("F")]
        internal static void Run([ActivityTrigger] string text) => _ = text;
    }

    private static class AsyncVoid
    {
        [Function("F")]
        public static async void Run([ActivityTrigger] string text) => await Task.Yield();
    }

    private static class ValueTasks
    {
        [Function("F")]
        public static ValueTask<string> Run([ActivityTrigger] string text) => new(text);
    }

    private static class HttpReturnsText
    {
        [Function("F")]
        public static string Run([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => request.Method;
    }

    private static class HttpTakesText
    {
        [Function("F")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous)] string request) => Results.Text(request);
    }

    private static class HttpUnknownParameter
    {
        [Function("F")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "f/{id}")] HttpRequest request, string id, int other) =>
            Results.Ok((request, id, other));
    }

    private static class HttpRouteType
    {
        [Function("F")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "f/{at}")] HttpRequest request, DateTime at) =>
            Results.Ok((request, at));
    }

    private static class HttpUserLevel
    {
        [Function("F")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.User)] HttpRequest request) => Results.Ok(request);
    }

    private static class HttpBadRoute
    {
        [Function("F")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "a/{b")] HttpRequest request) => Results.Ok(request);
    }

    private static class HttpUnknownConstraint
    {
        [Function("F")]
        public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, Route = "f/{id:nosuch}")] HttpRequest request) => Results.Ok(request);
    }

    private static class ClientWithoutAttribute
    {
        [Function("F")]
        public static Task Run([ActivityTrigger] string text, DurableTaskClient client) => Task.CompletedTask;
    }

    private static class ClientOfOtherType
    {
        [Function("F")]
        public static Task Run([ActivityTrigger] string text, [DurableClient] string client) => Task.CompletedTask;
    }

    private static class TimerTakesText
    {
        [Function("F")]
        public static void Run([TimerTrigger("0 * * * * *")] string timer) => _ = timer;
    }

    private static class TimerBadSchedule
    {
        [Function("F")]
        public static void Run([TimerTrigger("*/5 * * * *")] TimerInfo timer) => _ = timer;
    }

    private static class OrchestratorTakesText
    {
        [Function("F")]
        public static Task Run([OrchestrationTrigger] string context) => Task.CompletedTask;
    }

    private static class OrchestratorTakesToken
    {
        [Function("F")]
        public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context, CancellationToken token) => Task.CompletedTask;
    }

    private static class OrchestratorTakesClient
    {
        [Function("F")]
        public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context, [DurableClient] DurableTaskClient client) =>
            Task.CompletedTask;
    }

    private static class OrchestratorTwoInputs
    {
        [Function("F")]
        public static Task Run([OrchestrationTrigger] TaskOrchestrationContext context, string one, int two) => Task.CompletedTask;
    }

    private static class ActivityUnknownParameter
    {
        [Function("F")]
        public static Task Run([ActivityTrigger] string text, int more) => Task.CompletedTask;
    }

    private static class NamedLower
    {
        [Function("triage")]
        public static Task Run([ActivityTrigger] string text) => Task.CompletedTask;
    }

    private static class NamedUpper
    {
        [Function("TRIAGE")]
        public static Task Run([ActivityTrigger] string text) => Task.CompletedTask;
    }
}
