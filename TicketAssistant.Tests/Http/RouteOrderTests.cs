using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Web;
using Xunit;

namespace TicketAssistant.Tests.Http;

/// <summary>The host takes the first match in the order of function names, however special a later route is.</summary>
public sealed class RouteOrderTests
{
    private static readonly List<(string Name, string Route, string[] Methods)> Functions =
    [
        .. typeof(ZCatchAll).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => (
                Name: method.GetCustomAttribute<FunctionAttribute>()?.Name,
                Trigger: method.GetParameters().Select(p => p.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(t => t is not null)))
            .Where(function => function is { Name: not null, Trigger: not null })
            .Select(function => (function.Name!, function.Trigger!.Route!, function.Trigger.Methods!))
            .OrderBy(function => function.Item1, StringComparer.OrdinalIgnoreCase),
    ];

    public static TheoryData<string> Names => [.. Functions.Select(function => function.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void No_function_is_shadowed_by_one_whose_name_sorts_before(string name)
    {
        var (_, route, methods) = Functions.Single(function => function.Name == name);
        var example = "/" + route.Replace("{id:guid}", "0193a5c1-0000-7000-8000-000000000000", StringComparison.Ordinal)
            .Replace("{name}", "x", StringComparison.Ordinal).Replace("{*path}", "some/where/else", StringComparison.Ordinal);

        foreach (var method in methods)
        {
            var first = Functions.First(function => function.Methods.Contains(method, StringComparer.OrdinalIgnoreCase) && Takes(function.Route, example));
            Assert.Equal(name, first.Name);
        }
    }

    [Fact]
    public void The_catch_all_comes_last() => Assert.Equal(nameof(ZCatchAll), Functions[^1].Name);

    [Fact]
    public void No_route_begins_with_a_reserved_word() => Assert.DoesNotContain(
        Functions, function => function.Route.StartsWith("admin", StringComparison.OrdinalIgnoreCase) || function.Route.StartsWith("runtime", StringComparison.OrdinalIgnoreCase));

    private static bool Takes(string route, string path) =>
        new TemplateMatcher(TemplateParser.Parse(route), []).TryMatch(path, []);
}
