using Microsoft.Net.Http.Headers;

namespace TicketAssistant.Functions.Web;

/// <summary>Which of the encodings that we have a client takes.</summary>
/// <param name="Brotli">It takes <c>br</c>.</param>
/// <param name="Gzip">It takes <c>gzip</c>.</param>
internal readonly record struct AcceptedEncodings(bool Brotli, bool Gzip)
{
    /// <summary>Reads an Accept-Encoding header; a malformed one accepts nothing. Qualities only tell yes from no: ours is the choice.</summary>
    public static AcceptedEncodings Read(IList<string> header)
    {
        if (!StringWithQualityHeaderValue.TryParseList(header, out var values)) return default;
        return new AcceptedEncodings(Takes(values, "br"), Takes(values, "gzip"));
    }

    private static bool Takes(IList<StringWithQualityHeaderValue> values, string encoding)
    {
        var named = values.FirstOrDefault(value => value.Value.Equals(encoding, StringComparison.OrdinalIgnoreCase))
            ?? values.FirstOrDefault(value => value.Value == "*");
        return named is not null && named.Quality is not 0;
    }
}
