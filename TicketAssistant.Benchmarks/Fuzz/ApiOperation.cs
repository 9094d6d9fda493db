using System.Text.Json.Nodes;

namespace TicketAssistant.Benchmarks.Fuzz;

/// <summary>An operation of the OpenAPI document, as far as it is attacked.</summary>
internal sealed class ApiOperation(string method, string path, JsonObject operation)
{
    public string Id { get; } = operation["operationId"]!.GetValue<string>();

    public string Method { get; } = method.ToUpperInvariant();

    public string Path { get; } = path;

    /// <summary>What the document gives as an example of the body; null where there is none.</summary>
    public JsonNode? Body { get; } = operation["requestBody"]?["content"]?["application/json"]?["example"];

    /// <summary>The parameters of query and headers, each with its example.</summary>
    public IReadOnlyList<(string Name, string In, string Example)> Parameters { get; } =
    [
        .. (operation["parameters"]?.AsArray() ?? [])
            .Where(parameter => parameter!["in"]!.GetValue<string>() != "path")
            .Select(parameter => (parameter!["name"]!.GetValue<string>(), parameter["in"]!.GetValue<string>(), parameter["example"]?.ToString() ?? "")),
    ];

    /// <summary>Whether the document says that this status, with this media type, may be answered.</summary>
    public bool Declares(int status, string? mediaType)
    {
        if (operation["responses"]![status.ToString(System.Globalization.CultureInfo.InvariantCulture)] is not { } response) return false;
        return response["content"] is not JsonObject content
            ? mediaType is null
            : Method == "HEAD" || (mediaType is not null && (content.ContainsKey(mediaType) || content.ContainsKey("*/*")));
    }

    /// <summary>Everything that the document has.</summary>
    public static IReadOnlyList<ApiOperation> Read(string document) =>
    [
        .. from path in JsonNode.Parse(document)!["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select new ApiOperation(operation.Key, path.Key, operation.Value!.AsObject()),
    ];
}
