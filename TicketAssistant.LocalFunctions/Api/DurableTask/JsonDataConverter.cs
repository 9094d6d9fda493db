using System.Text.Json;

namespace Microsoft.DurableTask.Converters;

/// <summary>Stores values as JSON.</summary>
/// <param name="options">
/// How to write and read. Unless given, as the Functions worker does: members named as in the source, enums as numbers,
/// and names read in any case.
/// </param>
public class JsonDataConverter(JsonSerializerOptions? options = null) : DataConverter
{
    private static readonly JsonSerializerOptions s_workerOptions = new() { PropertyNameCaseInsensitive = true };

    private readonly JsonSerializerOptions _options = options ?? s_workerOptions;

    /// <summary>A converter with the worker's options.</summary>
    public static JsonDataConverter Default { get; } = new();

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The value's type can't be written as JSON.</exception>
    public override string? Serialize(object? value) => value is null ? null : JsonSerializer.Serialize(value, _options);

    /// <inheritdoc/>
    /// <exception cref="JsonException">The text is not JSON, or doesn't fit the type.</exception>
    public override object? Deserialize(string? data, Type targetType)
        => data is null ? null : JsonSerializer.Deserialize(data, targetType, _options);
}
