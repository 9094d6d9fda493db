using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Json;

namespace TicketAssistant.Functions.OpenApi;

/// <summary>JSON Schemas of what is read and sent, from the serializer's own view of the types. Each type is one component.</summary>
internal sealed class SchemaWriter(XmlDocs docs)
{
    private static readonly JsonSerializerOptions Requests = Exportable(HttpJson.Requests);
    private static readonly JsonSerializerOptions Replies = Exportable(HttpJson.Replies);

    private readonly SortedDictionary<string, JsonNode> _components = new(StringComparer.Ordinal);

    /// <summary>The components that the schemas so far refer to.</summary>
    public JsonObject Components() => new(_components.Select(component => KeyValuePair.Create(component.Key, (JsonNode?)component.Value.DeepClone())));

    /// <summary>A schema of what is read as <paramref name="type"/>.</summary>
    public JsonNode Read(Type type) => Write(type, Requests);

    /// <summary>A schema of what is sent for a <paramref name="type"/>.</summary>
    public JsonNode Sent(Type type) => Write(type, Replies);

    private JsonNode Write(Type type, JsonSerializerOptions options) => options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, node) => Transform(context, node, options),
    });

    private JsonNode Transform(JsonSchemaExporterContext context, JsonNode node, JsonSerializerOptions options)
    {
        var type = context.TypeInfo.Type;
        var property = context.PropertyInfo?.AttributeProvider as PropertyInfo;
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        var nullable = bare != type || node is JsonObject { } given && given["type"] is JsonArray;
        // What is left out rather than null is never null.
        if (property is not null && IsLeftOutWhenNull(property) && options == Replies) nullable = false;

        if (property is not null && IsOptional(property.PropertyType)) nullable = true;

        JsonNode schema;
        if (bare.IsEnum) schema = Component(bare, EnumOf(bare));
        else if (context.TypeInfo.Kind == JsonTypeInfoKind.Object) schema = Component(bare, ObjectOf(context.TypeInfo, (JsonObject)node, options));
        else schema = Plain((JsonObject)node);

        if (nullable) schema = OrNull(schema);
        if (property is not null && docs.Of(property) is { } description) schema["description"] = description;
        return schema;
    }

    /// <summary>Keeps a component under its type's name and gives the reference to it.</summary>
    private JsonObject Component(Type type, JsonObject schema)
    {
        if (docs.Of(type) is { } description && !schema.ContainsKey("description")) schema["description"] = description;
        if (_components.TryGetValue(type.Name, out var earlier) && !JsonNode.DeepEquals(earlier, schema))
            throw new InvalidOperationException($"{type.Name} has two forms in the API; a type is either read or sent, and its name is unique.");
        _components[type.Name] = schema;
        return new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };
    }

    private JsonObject EnumOf(Type type)
    {
        var names = (IReadOnlyList<string>)typeof(EnumNames<>).MakeGenericType(type).GetProperty(nameof(EnumNames<>.All))!.GetValue(null)!;
        var schema = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]) };
        var meanings = type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => $"- `{field.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? field.Name}`: {docs.Of(field)}");
        if (docs.Of(type) is { } description) schema["description"] = $"{description}\n\n{string.Join('\n', meanings)}";
        return schema;
    }

    private static JsonObject ObjectOf(JsonTypeInfo type, JsonObject node, JsonSerializerOptions options)
    {
        var schema = Plain(node);
        if (options != Replies) return schema;
        var always = type.Properties.Where(property => property.AttributeProvider is PropertyInfo member && !IsLeftOutWhenNull(member));
        schema["required"] = new JsonArray([.. always.Select(property => JsonValue.Create(property.Name))]);
        return schema;
    }

    /// <summary>
    /// The same without our converters, of which the exporter knows nothing: enums by the serializer's own, optional members as what
    /// they hold.
    /// </summary>
    private static JsonSerializerOptions Exportable(JsonSerializerOptions options)
    {
        var exportable = new JsonSerializerOptions(options)
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OpenOptionalMembers } },
        };
        exportable.Converters.Clear();
        exportable.Converters.Add(new JsonStringEnumConverter());
        return exportable;
    }

    private static void OpenOptionalMembers(JsonTypeInfo type)
    {
        for (var i = 0; i < type.Properties.Count; i++)
        {
            var member = type.Properties[i];
            if (!IsOptional(member.PropertyType)) continue;
            type.Properties[i] = type.CreateJsonPropertyInfo(member.PropertyType.GetGenericArguments()[0], member.Name);
            type.Properties[i].AttributeProvider = member.AttributeProvider;
            type.Properties[i].Set = (_, _) => { };
        }
    }

    private static bool IsOptional(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(OptionalValue<>);

    private static bool IsLeftOutWhenNull(PropertyInfo property) =>
        property.GetCustomAttribute<JsonIgnoreAttribute>()?.Condition == JsonIgnoreCondition.WhenWritingNull;

    /// <summary>Without null, which is added where it belongs, and without defaults that say nothing.</summary>
    private static JsonObject Plain(JsonObject node)
    {
        var schema = (JsonObject)node.DeepClone();
        if (schema["type"] is JsonArray types) schema["type"] = types.Select(type => type!.GetValue<string>()).First(type => type != "null");
        if (schema.ContainsKey("default") && schema["default"] is null) schema.Remove("default");
        return schema;
    }

    private static JsonObject OrNull(JsonNode schema)
    {
        if (schema["type"]?.GetValueKind() != JsonValueKind.String)
            return new JsonObject { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
        schema["type"] = new JsonArray(schema["type"]!.DeepClone(), "null");
        return (JsonObject)schema;
    }
}
