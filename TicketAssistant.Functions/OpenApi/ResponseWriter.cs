using System.Globalization;
using System.Reflection;
using System.Text.Json.Nodes;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.OpenApi;

/// <summary>Writes the replies of one function: those of its attributes, and the failures that every function of its form has.</summary>
internal sealed class ResponseWriter(SchemaWriter schemas)
{
    private const string ProblemType = "application/problem+json";

    public JsonObject Write(HttpFunction function, OperationAttribute operation, Access access, IReadOnlyList<ParameterAttribute> parameters)
    {
        var responses = new SortedDictionary<int, JsonObject>();
        var replies = function.Method.GetCustomAttributes<ReplyAttribute>().ToList();
        if (replies.Count == 0) throw new InvalidOperationException($"The function {function.Name} says nothing of its replies: give it a [Reply].");
        foreach (var reply in replies) Add(responses, reply);

        var own = function.Method.GetCustomAttributes<FailureAttribute>();
        foreach (var failure in Implied(function, operation, access, parameters).Concat(own)) Add(responses, failure, parameters);
        return new JsonObject(responses.Select(response =>
            KeyValuePair.Create(response.Key.ToString(CultureInfo.InvariantCulture), (JsonNode?)response.Value)));
    }

    private static IEnumerable<FailureAttribute> Implied(
        HttpFunction function, OperationAttribute operation, Access access, IReadOnlyList<ParameterAttribute> parameters)
    {
        var hasBody = operation.Body is not null;
        if (hasBody || parameters.Any(parameter => parameter.In != "path"))
            yield return new(400, "Invalid request", "Some fields are missing or wrong; see errors.");
        if (access > Access.Anyone) yield return new(401, "Log in first", "The bearer token is missing, malformed, expired or no longer valid.");
        if (access > Access.User) yield return new(403, "Not allowed", "Your role does not allow this.");
        if (function.Route.Contains('{')) yield return new(404, "Not found", "There is no such thing, or you may not see it.");
        if (hasBody)
        {
            yield return new(413, "Body too large", $"The body may have at most {JsonBody.MaxBytes / 1024} KiB.");
            yield return new(415, "Unsupported media type", "Send the body as Content-Type: application/json (UTF-8).");
        }

        if (hasBody || access > Access.Anyone) yield return new(503, "Try again soon", "The store does not answer just now.");
    }

    private void Add(SortedDictionary<int, JsonObject> responses, ReplyAttribute reply)
    {
        if (!responses.TryGetValue(reply.Status, out var response))
            responses[reply.Status] = response = new JsonObject { ["description"] = reply.Description };
        if (reply.Headers.Length > 0) response["headers"] = ReplyHeaders.References(reply.Headers);
        var type = reply.MediaType ?? (reply.Body is null ? null : "application/json");
        if (type is null) return;
        if (response["content"] is not JsonObject content) response["content"] = content = [];
        content[type] = Content(type, reply);
    }

    private JsonObject Content(string type, ReplyAttribute reply)
    {
        if (type == "application/json" && reply.Body is { } body)
            return new JsonObject { ["schema"] = schemas.Sent(body), ["example"] = Examples.Of(body) };

        var content = new JsonObject { ["schema"] = new JsonObject { ["type"] = type == "application/json" ? "object" : "string" } };
        if (reply.Example is { } example) content["example"] = example;
        // OpenAPI 3.1 has no words for the items of a stream.
        if (reply.Body is { } data) content["x-event-data"] = schemas.Sent(data);
        return content;
    }

    private void Add(SortedDictionary<int, JsonObject> responses, FailureAttribute failure, IReadOnlyList<ParameterAttribute> parameters)
    {
        if (!responses.TryGetValue(failure.Status, out var response))
            responses[failure.Status] = response = new JsonObject { ["description"] = failure.Title };
        if (HeaderOf(failure.Status) is { } header) response["headers"] = ReplyHeaders.References([header]);
        if (response["content"] is not JsonObject content) response["content"] = content = [];
        if (content[ProblemType] is not JsonObject problems)
            content[ProblemType] = problems = new JsonObject { ["schema"] = schemas.Sent(typeof(ProblemReply)), ["examples"] = new JsonObject() };
        else response["description"] = $"{response["description"]}; {failure.Title.ToLowerInvariant()}";
        var examples = (JsonObject)problems["examples"]!;
        examples[$"problem{examples.Count + 1}"] = new JsonObject { ["summary"] = failure.Title, ["value"] = Example(failure, parameters) };
    }

    private static JsonObject Example(FailureAttribute failure, IReadOnlyList<ParameterAttribute> parameters)
    {
        var example = new JsonObject
        {
            ["title"] = failure.Title,
            ["status"] = failure.Status,
            ["detail"] = failure.Detail,
            ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        };
        if (failure is { Status: 400, Title: "Invalid request" })
        {
            var field = parameters.FirstOrDefault(parameter => parameter.In == "query")?.Name ?? "body";
            example["errors"] = new JsonObject { [field] = new JsonArray(field == "body" ? "must be a JSON object" : "must be given once") };
        }

        return example;
    }

    private static string? HeaderOf(int status) => status switch
    {
        401 => "WWW-Authenticate",
        405 => "Allow",
        429 or 503 => "Retry-After",
        _ => null,
    };
}
