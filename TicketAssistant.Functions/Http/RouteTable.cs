using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace TicketAssistant.Functions.Http;

/// <summary>The app's own routes, for telling a wrong method from a wrong path. The host knows them, but not for us.</summary>
public sealed class RouteTable
{
    private readonly (TemplateMatcher Matcher, bool IdIsGuid, IReadOnlyList<string> Methods)[] _routes =
    [
        .. HttpFunction.All
            .Where(function => !function.Route.Contains('*'))
            .Select(function => (
                new TemplateMatcher(TemplateParser.Parse(function.Route), []),
                function.Route.Contains(":guid", StringComparison.Ordinal),
                function.Methods)),
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
