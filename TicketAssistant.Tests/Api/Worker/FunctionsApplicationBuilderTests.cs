using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Moq;
using TicketAssistant.LocalFunctions.Hosting;
using Xunit;

namespace TicketAssistant.Tests.Api.Worker;

public sealed class FunctionsApplicationBuilderTests
{
    [Fact]
    public void The_calling_assembly_is_the_one_that_is_hosted()
    {
        FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder([]);

        Assert.Same(Assembly.GetExecutingAssembly(), builder.Properties[HostKeys.FunctionsAssembly]);
    }

    [Fact]
    public async Task Middleware_runs_in_the_order_it_was_added()
    {
        List<string> seen = [];
        FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder([]);
        builder.Services.AddSingleton(seen);
        builder.UseMiddleware<Outer>();
        builder.UseMiddleware(async (_, next) =>
        {
            seen.Add("inner");
            await next();
        });
        await using ServiceProvider services = builder.Services.BuildServiceProvider();
        FunctionContext context = Mock.Of<FunctionContext>(c => c.InstanceServices == services);

        FunctionExecutionDelegate pipeline = builder.Middleware.Reverse().Aggregate(
            (FunctionExecutionDelegate)(_ =>
            {
                seen.Add("function");
                return Task.CompletedTask;
            }),
            (next, step) => step(next));
        await pipeline(context);

        Assert.Equal(["outer", "inner", "function", "outer again"], seen);
    }

    [Fact]
    public void An_invocations_result_can_be_read_and_replaced()
    {
        var slot = new InvocationResultFeature { Value = "old" };
        FunctionContext context = Mock.Of<FunctionContext>(c =>
            c.FunctionDefinition.Name == "Get" && c.Features.Get<InvocationResultFeature>() == slot);

        context.GetInvocationResult().Value = "new";

        Assert.Equal("new", context.GetInvocationResult<string>().Value);
        Assert.Throws<InvalidOperationException>(() => context.GetInvocationResult<Uri>());
    }

    private sealed class Outer(List<string> seen) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            seen.Add("outer");
            await next(context);
            seen.Add("outer again");
        }
    }
}
