using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;

namespace TicketAssistant.Functions.Http;

/// <summary>The app's own routes, for telling a wrong method from a wrong path. The host knows them, but not for us.</summary>
public sealed class RouteTable
{
    private readonly (TemplateMatcher Matcher, bool IdIsGuid, string[] Methods)[] _routes =
    [
        .. typeof(RouteTable).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.IsDefined(typeof(FunctionAttribute)))
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.GetCustomAttribute<HttpTriggerAttribute>())
            .OfType<HttpTriggerAttribute>()
            .Where(trigger => trigger.Route?.Contains('*') == false)
            .Select(trigger => (
                new TemplateMatcher(TemplateParser.Parse(trigger.Route!), []),
                trigger.Route!.Contains(":guid", StringComparison.Ordinal),
                trigger.Methods!.Select(method => method.ToUpperInvariant()).ToArray())),
    ];

    /// <summary>The methods that some function takes at this path, in upper case; none where there is no such path.</summary>
    public IReadOnlyList<string> MethodsOf(PathString path)
    {
        var methods = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (matcher, idIsGuid, takes) in _routes)
        {
            var values = new RouteValueDictionary();
            if (!matcher.TryMatch(path, values)) continue;
            if (idIsGuid && !Guid.TryParse(values["id"] as string, out _)) continue;
            methods.UnionWith(takes);
        }

        return [.. methods];
    }
}
