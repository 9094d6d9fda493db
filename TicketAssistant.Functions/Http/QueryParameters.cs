using System.Globalization;
using Microsoft.AspNetCore.Http;
using TicketAssistant.Functions.Json;

namespace TicketAssistant.Functions.Http;

/// <summary>Reads the query string strictly: a parameter is absent, right, or a 400 that names it.</summary>
internal static class QueryParameters
{
    private const int LongestText = 500;
    private const int DefaultLimit = 20;
    private const int MaxLimit = 100;

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The parameter's text, or null where it is absent or blank.</summary>
    public static string? QueryText(this HttpRequest request, string name)
    {
        var values = request.Query[name];
        if (values.Count > 1) throw ProblemException.Invalid(name, "must be given once");
        var text = values.ToString().Trim();
        if (text.Length > LongestText) throw ProblemException.Invalid(name, $"must have at most {LongestText} characters");
        return text.Length == 0 ? null : text;
    }

    /// <summary>The value of exactly this name, or null where the parameter is absent.</summary>
    public static TEnum? QueryEnum<TEnum>(this HttpRequest request, string name) where TEnum : struct, Enum
    {
        if (request.QueryText(name) is not { } text) return null;
        return EnumNames<TEnum>.TryParse(text, out var value)
            ? value
            : throw ProblemException.Invalid(name, "must be " + JsonTypeNames.OneOf(EnumNames<TEnum>.All));
    }

    /// <summary>
    /// A time in ISO 8601, or a day in UTC, of which it is the first or the last moment; null where the parameter is absent. A time
    /// without an offset is UTC.
    /// </summary>
    public static DateTimeOffset? QueryTime(this HttpRequest request, string name, bool lastOfDay)
    {
        if (request.QueryText(name) is not { } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return new DateTimeOffset(day, lastOfDay ? TimeOnly.MaxValue : TimeOnly.MinValue, TimeSpan.Zero);
        }

        return DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw ProblemException.Invalid(name, "must be a day (2026-05-04) or a time (2026-05-04T12:30:00Z)");
    }

    /// <summary>The size of a page, 1 to 100; 20 where nothing is said.</summary>
    public static int QueryLimit(this HttpRequest request)
    {
        if (request.QueryText("limit") is not { } text) return DefaultLimit;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit
            ? limit
            : throw ProblemException.Invalid("limit", $"must be a whole number from 1 to {MaxLimit}");
    }
}
