using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TicketAssistant.Functions.Accounts;

namespace TicketAssistant.Functions.Storage.Transfer;

/// <summary>A record as a line of JSON: the same record always gives the same bytes, whichever store it came from.</summary>
internal static class StoreRecordJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new MillisecondConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { WithoutCounter } },
    };

    public static string Write(StoreRecord record) => JsonSerializer.Serialize(record, Options);

    /// <exception cref="JsonException">It is no record.</exception>
    public static StoreRecord Read(string line)
    {
        var record = JsonSerializer.Deserialize<StoreRecord>(line, Options);
        return record is { User: not null } or { Ticket: not null } or { Mail: not null } or { Audit: not null }
            ? record
            : throw new JsonException("It is neither a user nor a ticket nor a mail nor an entry of the audit log.");
    }

    private static void WithoutCounter(JsonTypeInfo type)
    {
        if (type.Type != typeof(User)) return;
        var counter = type.Properties.Single(p => p.Name == "openTickets");
        type.Properties.Remove(counter);
    }

    /// <summary>Whole milliseconds, which is what every store keeps.</summary>
    private sealed class MillisecondConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetDateTimeOffset().ToUniversalTime();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}
