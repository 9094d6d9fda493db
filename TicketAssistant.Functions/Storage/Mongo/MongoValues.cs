using System.Globalization;
using MongoDB.Bson;
using TicketAssistant.Functions.Json;

namespace TicketAssistant.Functions.Storage.Mongo;

/// <summary>
/// How values look in BSON: ids as the text that the API and the logs show (the same order as a Guid's, and can be pasted into
/// a shell), enums by the API's names, times as UTC dates (whole milliseconds), what is absent as null.
/// </summary>
internal static class MongoValues
{
    public static BsonValue Key(this Guid id) => id.ToString("D");

    public static Guid ToGuid(this BsonValue value) => Guid.ParseExact(value.AsString, "D");

    public static BsonValue Name<TEnum>(TEnum value) where TEnum : struct, Enum => EnumNames<TEnum>.Of(value);

    public static TEnum ToEnum<TEnum>(this BsonValue value) where TEnum : struct, Enum => EnumNames<TEnum>.Parse(value.AsString);

    public static BsonValue Date(DateTimeOffset time) => new BsonDateTime(time.UtcDateTime);

    public static DateTimeOffset ToTime(this BsonValue value) => new(value.ToUniversalTime(), TimeSpan.Zero);

    public static DateTimeOffset? ToTimeOrNull(this BsonValue value) => value.IsBsonNull ? null : value.ToTime();

    public static BsonValue Text(string? text) => text is null ? BsonNull.Value : new BsonString(text);

    public static string? ToTextOrNull(this BsonValue value) => value.IsBsonNull ? null : value.AsString;

    public static BsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(t => (BsonValue)t)];

    public static string[] ToTexts(this BsonValue value) => [.. value.AsBsonArray.Select(v => v.AsString)];

    /// <summary>The field, or null where the document has none (an older version wrote it).</summary>
    public static BsonValue Field(this BsonDocument document, string name) => document.GetValue(name, BsonNull.Value);

    /// <summary>The field as a list, empty where there is none.</summary>
    public static IEnumerable<BsonValue> List(this BsonDocument document, string name) =>
        document.Field(name) is BsonArray array ? array : [];

    /// <summary>The conditions that each of the words begins one in the field, which is a list of words.</summary>
    public static IEnumerable<BsonDocument> HasWords(IEnumerable<string> words, string field) => words.Select(word => new BsonDocument(
        field, new BsonDocument("$elemMatch", new BsonDocument { ["$gte"] = word, ["$lt"] = After(word) })));

    /// <summary>All conditions, or none.</summary>
    public static BsonDocument AllOf(IReadOnlyCollection<BsonDocument> conditions) =>
        conditions.Count == 0 ? [] : new BsonDocument("$and", new BsonArray(conditions));

    // Above every text that begins with the word: words hold letters and digits only, and this is the last code point.
    private static string After(string word) => string.Create(CultureInfo.InvariantCulture, $"{word}\U0010FFFF");
}
