using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace TicketAssistant.Functions.Http;

/// <summary>A function of the app that answers HTTP, found by reflection: a worker has no endpoint metadata.</summary>
/// <param name="Name">Its name, by which the host orders and finds it.</param>
/// <param name="Method">What runs.</param>
/// <param name="Route">Its template, without a slash at the beginning.</param>
/// <param name="Methods">The HTTP methods that it takes, in upper case.</param>
internal sealed record HttpFunction(string Name, MethodInfo Method, string Route, IReadOnlyList<string> Methods)
{
    /// <summary>All of the app, in the order in which the host tries their routes.</summary>
    public static IReadOnlyList<HttpFunction> All { get; } =
    [
        .. typeof(HttpFunction).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Select(method => (
                Method: method,
                method.GetCustomAttribute<FunctionAttribute>()?.Name,
                Trigger: method.GetParameters().Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>()).FirstOrDefault(trigger => trigger is not null)))
            .Where(function => function is { Name: not null, Trigger: { Route: not null, Methods: not null } })
            .Select(function => new HttpFunction(
                function.Name!, function.Method, function.Trigger!.Route!, [.. function.Trigger.Methods!.Select(method => method.ToUpperInvariant())]))
            .OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase),
    ];
}
