using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.OpenApi;

/// <summary>
/// The OpenAPI 3.1 document of the app, from its HTTP functions: routes and methods from their triggers, log-in from their
/// <see cref="AccessAttribute"/>, schemas from the types that are read and sent, descriptions from the docs of the code, the rest
/// from the attributes beside this. The same in both flavours.
/// </summary>
internal static class OpenApiDocument
{
    private const string About =
        """
        Tickets are categorised, prioritised, explained and given to the person best able to take them.

        - JSON in camelCase, enums by name, times in UTC (ISO 8601). Unknown members in a body are a 400.
        - Failures are problem details (RFC 9457) with a `traceId`, and with `errors` by field for a 400.
        - Lists have `limit` and an opaque `cursor`; a reply's `next` is the cursor of the page after it, or null.
        - A body may have 64 KiB. Attachments are out of scope for now.
        """;

    // In the order of a reader's interest, not of the alphabet.
    private static readonly string[] Tags = ["Accounts", "Tickets", "Triage", "Notifications", "Health", "OpenApi", "Web"];

    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly Lazy<string> Text = new(() => Create().ToJsonString(Format));

    /// <summary>The document as JSON, made at the first call.</summary>
    public static string Json => Text.Value;

    /// <summary>Makes the document.</summary>
    /// <exception cref="InvalidOperationException">A function is not described, or a type has no example; the message says which.</exception>
    public static JsonObject Create()
    {
        var docs = new XmlDocs(typeof(OpenApiDocument).Assembly);
        var schemas = new SchemaWriter(docs);
        var operations = new OperationWriter(docs, schemas);
        var paths = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var function in HttpFunction.All)
        {
            var path = OperationWriter.PathOf(function);
            if (!paths.TryGetValue(path, out var item)) paths[path] = item = [];
            foreach (var method in function.Methods) item[method.ToLowerInvariant()] = operations.Write(function, method);
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject
            {
                ["title"] = "AI ticket assistant",
                ["version"] = typeof(OpenApiDocument).Assembly.GetName().Version!.ToString(3),
                ["description"] = About,
            },
            ["jsonSchemaDialect"] = "https://spec.openapis.org/oas/3.1/dialect/base",
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["tags"] = new JsonArray([.. Tags.Select(tag => new JsonObject { ["name"] = tag })]),
            ["paths"] = new JsonObject(paths.Select(path => KeyValuePair.Create(path.Key, (JsonNode?)path.Value))),
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.Components(),
                ["headers"] = ReplyHeaders.Components(),
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["bearerFormat"] = "JWT",
                        ["description"] = "The token of a log-in or sign-up. It dies with a logout, a new password, another role, or when it expires.",
                    },
                    ["basic"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "basic",
                        ["description"] = "An admin's e-mail address and password; for /dev/mail in a browser.",
                    },
                },
            },
        };
    }
}
