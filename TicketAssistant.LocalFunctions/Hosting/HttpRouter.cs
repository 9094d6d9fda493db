using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TicketAssistant.LocalFunctions.Hosting;

/// <summary>
/// Finds the function for a request as the real host does: the first that matches in the order of function names, however
/// general its route; a method that does not fit falls through to the next.
/// </summary>
internal sealed class HttpRouter
{
    private readonly List<Entry> _entries = [];
    private readonly string _prefix;

    /// <param name="functions">The app's functions, in any order.</param>
    /// <param name="prefix">What every route begins with; empty for nothing.</param>
    /// <exception cref="HostStartException">A route uses a constraint that does not exist.</exception>
    public HttpRouter(IReadOnlyList<LocalFunction> functions, string prefix)
    {
        _prefix = prefix;
        var options = new RouteOptions();
        options.SetParameterPolicy<RegexInlineRouteConstraint>("regex");
        var services = new ServiceCollection().BuildServiceProvider();
        var constraints = new DefaultInlineConstraintResolver(Options.Create(options), services);
        foreach (var function in functions.OrderBy(f => f.Name, StringComparer.OrdinalIgnoreCase))
        {
            if (function.Trigger is HttpFunctionTrigger http) _entries.Add(Entry.Create(function, http, prefix, constraints));
        }
    }

    /// <summary>The whole route template of an HTTP function, with a slash in front.</summary>
    public string TemplateOf(LocalFunction function) => $"/{Join(_prefix, ((HttpFunctionTrigger)function.Trigger).Route)}";

    /// <summary>The function for a request, or null. The route's values are in <paramref name="values"/>.</summary>
    public LocalFunction? Match(HttpContext http, RouteValueDictionary values)
    {
        foreach (var entry in _entries)
        {
            values.Clear();
            if (entry.Matches(http, values)) return entry.Function;
        }

        return null;
    }

    private static string Join(string prefix, string route) => prefix.Length == 0 ? route : $"{prefix}/{route}";

    private sealed record Entry(
        LocalFunction Function, IReadOnlyList<string> Methods, TemplateMatcher Matcher, IDictionary<string, IRouteConstraint> Constraints)
    {
        public static Entry Create(LocalFunction function, HttpFunctionTrigger http, string prefix, IInlineConstraintResolver resolver)
        {
            var template = TemplateParser.Parse(Join(prefix, http.Route));
            var constraints = new RouteConstraintBuilder(resolver, function.Name);
            var defaults = new RouteValueDictionary();
            try
            {
                foreach (var parameter in template.Parameters)
                {
                    if (parameter.DefaultValue is { } value) defaults[parameter.Name!] = value;
                    if (parameter.IsOptional) constraints.SetOptional(parameter.Name!);
                    foreach (var constraint in parameter.InlineConstraints)
                        constraints.AddResolvedConstraint(parameter.Name!, constraint.Constraint);
                }

                return new Entry(function, http.Methods, new TemplateMatcher(template, defaults), constraints.Build());
            }
            catch (Exception e) when (e is InvalidOperationException or RouteCreationException)
            {
                throw new HostStartException($"Function '{function.Name}': the route '{http.Route}' has a constraint that does not exist: {e.Message}", e);
            }
        }

        public bool Matches(HttpContext http, RouteValueDictionary values)
        {
            if (Methods.Count > 0 && !Methods.Contains(http.Request.Method, StringComparer.OrdinalIgnoreCase)) return false;
            if (!Matcher.TryMatch(http.Request.Path, values)) return false;
            foreach (var (name, constraint) in Constraints)
            {
                if (!constraint.Match(http, null, name, values, RouteDirection.IncomingRequest)) return false;
            }

            return true;
        }
    }
}
