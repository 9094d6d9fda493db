using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace TicketAssistant.Tests.Support;

/// <summary>
/// Holds values to one schema of an OpenAPI document, more strictly than a client may: members that the schema doesn't know are
/// wrong, too, so that none is added without a word in the document.
/// </summary>
internal sealed class SchemaCheck
{
    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    // Building writes into a registry that all share.
    private static readonly Lock Building = new();

    private readonly JsonSchema _schema;

    public SchemaCheck(JsonNode schema, JsonObject document)
    {
        var whole = schema.DeepClone().AsObject();
        whole["$defs"] = document["components"]!["schemas"]!.DeepClone();
        Close(whole);
        var text = whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        lock (Building) _schema = JsonSchema.FromText(text);
    }

    /// <summary>What is wrong, each with its place; empty for nothing.</summary>
    public IReadOnlyList<string> Errors(JsonElement value)
    {
        var result = _schema.Evaluate(value, Options);
        if (result.IsValid) return [];
        var errors = (result.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"));
        return [.. errors.DefaultIfEmpty("is not valid")];
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) Close(item);
            return;
        }

        if (node is not JsonObject schema) return;
        if (schema["properties"] is JsonObject && !schema.ContainsKey("additionalProperties")) schema["additionalProperties"] = false;
        foreach (var (_, part) in schema.ToList()) Close(part);
    }
}
