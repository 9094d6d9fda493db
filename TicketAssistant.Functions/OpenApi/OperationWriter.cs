using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.OpenApi;

/// <summary>Writes what the document says of one function.</summary>
internal sealed partial class OperationWriter(XmlDocs docs, SchemaWriter schemas)
{
    private const string ExampleId = "0193a5c1-7d2a-7c11-9b5e-3f0a4f6f1a01";

    private static readonly ParameterAttribute[] PageParameters =
    [
        new("limit", "How many at most; 20 where nothing is said.", typeof(int)) { Max = 100 },
        new("cursor", "The `next` of the page before."),
    ];

    /// <summary>The path of a function, in the document's spelling.</summary>
    public static string PathOf(HttpFunction function) => "/" + RouteParameter().Replace(function.Route, match => $"{{{match.Groups["name"].Value}}}");

    /// <exception cref="InvalidOperationException">The function is not described.</exception>
    public JsonObject Write(HttpFunction function, string method)
    {
        var operation = function.Method.GetCustomAttribute<OperationAttribute>()
            ?? throw new InvalidOperationException($"The function {function.Name} is not described: give it an [Operation] and its [Reply]s.");
        var access = function.Method.GetCustomAttribute<AccessAttribute>()?.Access
            ?? throw new InvalidOperationException($"The function {function.Name} doesn't say who may call it: give it an [Access].");
        var parameters = function.Method.GetCustomAttributes<ParameterAttribute>().Concat(operation.Paged ? PageParameters : []).ToList();
        var id = function.Methods.Count == 1 ? function.Name : $"{function.Name}{CultureInfo.InvariantCulture.TextInfo.ToTitleCase(method.ToLowerInvariant())}";
        var written = new JsonObject
        {
            ["operationId"] = id,
            ["tags"] = new JsonArray(function.Method.DeclaringType!.Namespace!.Split('.')[2]),
            ["summary"] = operation.Summary,
        };
        if (docs.Of(function.Method) is { } description) written["description"] = description;
        written["security"] = SecurityOf(function, access);
        var all = PathParameters(function, parameters).Concat(parameters.Where(parameter => parameter.In != "path").Select(Parameter)).ToArray();
        if (all.Length > 0) written["parameters"] = new JsonArray(all);
        if (operation.Body is { } body) written["requestBody"] = BodyOf(body, operation.BodyIsOptional);
        written["responses"] = new ResponseWriter(schemas).Write(function, operation, access, parameters);
        return written;
    }

    private static JsonArray SecurityOf(HttpFunction function, Access access)
    {
        if (function.Route.StartsWith("dev/", StringComparison.Ordinal)) return [Scheme("basic"), Scheme("bearer")];
        return access == Access.Anyone ? [] : [Scheme("bearer")];
    }

    private static JsonObject Scheme(string name) => new() { [name] = new JsonArray() };

    private static IEnumerable<JsonNode> PathParameters(HttpFunction function, List<ParameterAttribute> described)
    {
        foreach (Match match in RouteParameter().Matches(function.Route))
        {
            var name = match.Groups["name"].Value;
            var given = described.Find(parameter => parameter.In == "path" && parameter.Name == name);
            var isGuid = match.Groups["kind"].Value == ":guid";
            if (!isGuid && given is null) throw new InvalidOperationException($"The function {function.Name} doesn't describe {name}: give it a [Parameter] in the path.");
            var before = function.Route[..match.Index].TrimEnd('/').Split('/')[^1];
            yield return new JsonObject
            {
                ["name"] = name,
                ["in"] = "path",
                ["required"] = true,
                ["description"] = given?.Description ?? $"The id of one of the {before}.",
                ["schema"] = isGuid ? new JsonObject { ["type"] = "string", ["format"] = "uuid" } : new JsonObject { ["type"] = "string" },
                ["example"] = given?.Example ?? ExampleId,
            };
        }
    }

    private JsonObject Parameter(ParameterAttribute parameter)
    {
        var (schema, example) = SchemaOf(parameter);
        var written = new JsonObject
        {
            ["name"] = parameter.Name,
            ["in"] = parameter.In,
            ["description"] = parameter.Description,
            ["schema"] = schema,
        };
        if (example is not null) written["example"] = example;
        return written;
    }

    private (JsonNode Schema, JsonNode? Example) SchemaOf(ParameterAttribute parameter)
    {
        if (parameter.Type.IsEnum)
        {
            // What is read as an enum in a body has the same names.
            var schema = schemas.Read(parameter.Type);
            return (schema, parameter.Example ?? schemas.Components()[parameter.Type.Name]!["enum"]![0]!.GetValue<string>());
        }

        if (parameter.Type == typeof(int))
        {
            return (
                new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = parameter.Max },
                JsonValue.Create(parameter.Example is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : parameter.Max));
        }

        if (parameter.Type == typeof(DateTimeOffset))
        {
            return (
                new JsonObject
                {
                    ["anyOf"] = new JsonArray(
                        new JsonObject { ["type"] = "string", ["format"] = "date-time" },
                        new JsonObject { ["type"] = "string", ["format"] = "date" }),
                },
                parameter.Example ?? "2026-05-04");
        }

        return (new JsonObject { ["type"] = "string", ["maxLength"] = parameter.Max }, parameter.Example);
    }

    private JsonObject BodyOf(Type type, bool isOptional) => new()
    {
        ["required"] = !isOptional,
        ["content"] = new JsonObject { ["application/json"] = new JsonObject { ["schema"] = schemas.Read(type), ["example"] = Examples.Of(type) } },
    };

    [GeneratedRegex(@"\{\*?(?<name>\w+)(?<kind>:\w+)?\}")]
    private static partial Regex RouteParameter();
}
