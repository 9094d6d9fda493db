using System.Text.Json.Nodes;

namespace TicketAssistant.Functions.OpenApi;

/// <summary>The examples of bodies: OpenApi/Examples has a file for each type that is read or sent, by its name.</summary>
internal static class Examples
{
    /// <summary>The example of <paramref name="type"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public static JsonNode Of(Type type)
    {
        using var file = typeof(Examples).Assembly.GetManifestResourceStream($"openapi/{type.Name}.json")
            ?? throw new InvalidOperationException($"{type.Name} has no example: write OpenApi/Examples/{type.Name}.json.");
        return JsonNode.Parse(file)!;
    }
}
