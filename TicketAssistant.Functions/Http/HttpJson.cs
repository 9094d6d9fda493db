using System.Text.Json;
using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Http;

/// <summary>How JSON looks on the wire. Made once: options cache what they learn of each type.</summary>
internal static class HttpJson
{
    /// <summary>The deepest nesting of a request body.</summary>
    public const int MaxDepth = 16;

    /// <summary>Lenient in nothing: exact names and types, nothing unknown, nothing twice, nothing missing.</summary>
    public static readonly JsonSerializerOptions Requests = Frozen(new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = MaxDepth,
        Converters = { new ExactEnumConverterFactory(), new OptionalValueConverterFactory() },
    });

    /// <summary>camelCase, enums by name; what is null is written unless its member says otherwise.</summary>
    public static readonly JsonSerializerOptions Replies = Frozen(new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new ExactEnumConverterFactory() },
    });

    private static JsonSerializerOptions Frozen(JsonSerializerOptions options)
    {
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
