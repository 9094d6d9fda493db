using System.Text.Json;
using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Http;

/// <summary>Reads <see cref="OptionalValue{T}"/>: being called at all means that the member was given.</summary>
internal sealed class OptionalValueConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(OptionalValue<>);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;

    private sealed class Converter<T> : JsonConverter<OptionalValue<T>>
    {
        public override bool HandleNull => true;

        public override OptionalValue<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            // Its own converter, not a new run of the serializer, which would lose the path for the error.
            new(true, reader.TokenType == JsonTokenType.Null ? default : ((JsonConverter<T>)options.GetConverter(typeof(T))).Read(ref reader, typeof(T), options));

        public override void Write(Utf8JsonWriter writer, OptionalValue<T> value, JsonSerializerOptions options) =>
            throw new NotSupportedException("Only request bodies have optional members.");
    }
}
