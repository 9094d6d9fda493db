using System.Text.Json.Nodes;

namespace TicketAssistant.Functions.OpenApi;

/// <summary>The headers of replies that mean something to a client.</summary>
internal static class ReplyHeaders
{
    /// <summary>By name: what it says, its JSON type, an example.</summary>
    public static readonly IReadOnlyDictionary<string, (string Description, string Type, string Example)> All =
        new SortedDictionary<string, (string, string, string)>(StringComparer.Ordinal)
        {
            ["Allow"] = ("The methods that are possible here.", "string", "GET, POST"),
            ["ETag"] = ("Changes with the content; for If-None-Match.", "string", "\"0f343b0931126a20\""),
            ["Location"] = ("The path of what was made, or of where to look how it goes.", "string", "/api/tickets/0193a5c1-7d2a-7c11-9b5e-3f0a4f6f1a01"),
            ["Retry-After"] = ("Seconds after which it is worth trying again.", "integer", "5"),
            ["WWW-Authenticate"] = ("How to log in.", "string", "Bearer"),
        };

    /// <summary>All for the components of the document.</summary>
    public static JsonObject Components() => new(All.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)new JsonObject
    {
        ["description"] = header.Value.Description,
        // Some refusals have no end: those come without.
        ["required"] = header.Key != "Retry-After",
        ["schema"] = new JsonObject { ["type"] = header.Value.Type },
        ["example"] = header.Value.Type == "integer" ? JsonNode.Parse(header.Value.Example) : JsonValue.Create(header.Value.Example),
    })));

    /// <summary>What stands at a reply that has these.</summary>
    public static JsonObject References(IEnumerable<string> names) => new(names.Distinct().Order(StringComparer.Ordinal)
        .Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject { ["$ref"] = $"#/components/headers/{name}" })));
}
