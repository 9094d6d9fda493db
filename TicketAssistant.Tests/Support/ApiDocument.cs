using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.AspNetCore.WebUtilities;
using TicketAssistant.Functions.OpenApi;
using Xunit;

namespace TicketAssistant.Tests.Support;

/// <summary>
/// The app's OpenAPI document, to which the tests hold every request and reply of an <see cref="ApiClient"/>: a status, header,
/// parameter or member that it doesn't have, or that isn't as it says, fails the test that saw it.
/// </summary>
internal sealed class ApiDocument
{
    private readonly List<(TemplateMatcher Matcher, JsonObject Item)> _paths;
    private readonly ConcurrentDictionary<string, SchemaCheck> _checks = new(StringComparer.Ordinal);

    private ApiDocument(JsonObject root)
    {
        Root = root;
        _paths =
        [
            .. root["paths"]!.AsObject()
                .OrderBy(path => path.Key.Count(c => c == '{'))
                .Select(path => (new TemplateMatcher(TemplateParser.Parse(path.Key.TrimStart('/')), []), path.Value!.AsObject())),
        ];
    }

    public static ApiDocument Instance { get; } = new(OpenApiDocument.Create());

    public JsonObject Root { get; }

    /// <summary>Every operation: its method, its path and what the document says of it.</summary>
    public IEnumerable<(string Method, string Path, JsonObject Operation)> Operations =>
        from path in Root["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select (operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject());

    /// <summary>What is wrong with <paramref name="value"/> as a <paramref name="schema"/> of the document; empty for nothing. Members that it doesn't know are wrong.</summary>
    public IReadOnlyList<string> Errors(JsonNode schema, JsonElement value) =>
        _checks.GetOrAdd(schema.ToJsonString(), _ => new SchemaCheck(schema, Root)).Errors(value);

    /// <summary>The same for a component.</summary>
    public IReadOnlyList<string> Errors(string component, JsonElement value) =>
        Errors(new JsonObject { ["$ref"] = $"#/components/schemas/{component}" }, value);

    /// <summary>Holds a request and its reply to the document.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="pathAndQuery">Its path and query.</param>
    /// <param name="body">Its body where that is JSON; null otherwise.</param>
    /// <param name="reply">What came.</param>
    public void Check(HttpMethod method, string pathAndQuery, string? body, ApiReply reply)
    {
        var mark = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark < 0 ? (pathAndQuery, "") : (pathAndQuery[..mark], pathAndQuery[mark..]);
        if (path.StartsWith("/runtime/", StringComparison.Ordinal)) return; // the host's own
        var operation = Find(method.Method, path);
        var seen = $"{method} {pathAndQuery} ({operation["operationId"]})";
        var response = operation["responses"]![((int)reply.Status).ToString(CultureInfo.InvariantCulture)];
        Assert.True(response is not null, $"{seen} answered {(int)reply.Status}, which the OpenAPI document doesn't say: {reply.Text}");

        CheckHeaders(seen, response, reply);
        if (method != HttpMethod.Head) CheckReply(seen, response["content"], reply);
        if ((int)reply.Status is >= 200 and < 300) CheckRequest(seen, operation, query, body);
    }

    private JsonObject Find(string method, string path)
    {
        foreach (var (matcher, item) in _paths)
        {
            var values = new RouteValueDictionary();
            if (item[method.ToLowerInvariant()] is not JsonObject operation || !matcher.TryMatch(path, values)) continue;
            if (IsGuidMissing(operation, values)) continue;
            return operation;
        }

        // A template has no word for a path of any length.
        return Root["paths"]!["/{path}"]![method.ToLowerInvariant()]!.AsObject();
    }

    private static bool IsGuidMissing(JsonObject operation, RouteValueDictionary values) => Parameters(operation, "path")
        .Any(parameter => parameter["schema"]!["format"]?.GetValue<string>() == "uuid" && !Guid.TryParse(values[parameter["name"]!.GetValue<string>()] as string, out _));

    private static IEnumerable<JsonNode> Parameters(JsonObject operation, string place) =>
        (operation["parameters"]?.AsArray() ?? []).Select(parameter => parameter!).Where(parameter => parameter["in"]!.GetValue<string>() == place);

    private void CheckHeaders(string seen, JsonNode response, ApiReply reply)
    {
        var came = reply.Headers.Concat(reply.ContentHeaders).Select(header => header.Key).ToList();
        foreach (var (name, _) in response["headers"]?.AsObject() ?? [])
        {
            if (Root["components"]!["headers"]![name]!["required"]!.GetValue<bool>())
                Assert.True(came.Contains(name, StringComparer.OrdinalIgnoreCase), $"{seen} answered without the header {name}.");
        }
    }

    private void CheckReply(string seen, JsonNode? content, ApiReply reply)
    {
        if (content is null)
        {
            Assert.True(reply.Text.Length == 0, $"{seen} answered with a body, which the OpenAPI document doesn't say: {reply.Text}");
            return;
        }

        var type = reply.ContentHeaders.ContentType?.MediaType;
        var form = type is null ? null : content[type] ?? content["*/*"];
        Assert.True(form is not null, $"{seen} answered with {type ?? "no media type"}, which the OpenAPI document doesn't say.");
        if (form["schema"] is not { } schema || type is null || !type.EndsWith("json", StringComparison.Ordinal)) return;
        var errors = Errors(schema, reply.Json);
        Assert.True(errors.Count == 0, $"{seen} answered what isn't as the OpenAPI document says: {string.Join("; ", errors)}\n{reply.Text}");
    }

    private void CheckRequest(string seen, JsonObject operation, string query, string? body)
    {
        var known = Parameters(operation, "query").ToDictionary(parameter => parameter["name"]!.GetValue<string>());
        foreach (var (name, values) in QueryHelpers.ParseQuery(query))
        {
            Assert.True(known.TryGetValue(name, out var parameter), $"{seen} took the parameter {name}, which the OpenAPI document doesn't say.");
            var text = values.ToString();
            if (text.Length == 0) continue; // as if it weren't there
            var errors = Errors(parameter["schema"]!, ValueOf(parameter, text));
            Assert.True(errors.Count == 0, $"{seen} took {name}={text}, which isn't as the OpenAPI document says: {string.Join("; ", errors)}");
        }

        if (body is null || operation["requestBody"]?["content"]?["application/json"]?["schema"] is not { } schema) return;
        var wrong = Errors(schema, JsonDocument.Parse(body).RootElement);
        Assert.True(wrong.Count == 0, $"{seen} took a body that isn't as the OpenAPI document says: {string.Join("; ", wrong)}\n{body}");
    }

    private static JsonElement ValueOf(JsonNode parameter, string text) =>
        parameter["schema"]!["type"]?.GetValue<string>() == "integer" && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? JsonSerializer.SerializeToElement(number)
            : JsonSerializer.SerializeToElement(text);
}
