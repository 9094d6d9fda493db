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

    /// <summary>The size of a page, 1 to 100; 20 where nothing is said.</summary>
    public static int QueryLimit(this HttpRequest request)
    {
        if (request.QueryText("limit") is not { } text) return DefaultLimit;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit
            ? limit
            : throw ProblemException.Invalid("limit", $"must be a whole number from 1 to {MaxLimit}");
    }
}
