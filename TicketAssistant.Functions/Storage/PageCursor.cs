using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace TicketAssistant.Functions.Storage;

/// <summary>
/// The opaque text of <see cref="Page{T}.Next"/>: the sort key of the last item shown. The next page begins after that key, so
/// that what is inserted meanwhile moves nothing.
/// </summary>
internal static class PageCursor
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string OfTicket(DateTimeOffset createdAt, Guid id) =>
        Encode(string.Create(CultureInfo.InvariantCulture, $"t{createdAt.UtcTicks}.{id:N}"));

    public static string OfEntry(int seq) => Encode(string.Create(CultureInfo.InvariantCulture, $"e{seq}"));

    /// <exception cref="FormatException">It isn't the cursor of a timeline.</exception>
    public static int ParseEntry(string cursor) =>
        int.TryParse(Decode(cursor, 'e'), NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : throw Malformed();

    public static string OfUser(string email) => Encode("u" + email);

    /// <exception cref="FormatException">It isn't the cursor of a list of tickets.</exception>
    public static (DateTimeOffset CreatedAt, Guid Id) ParseTicket(string cursor)
    {
        var key = Decode(cursor, 't').Split('.');
        if (key.Length == 2
            && long.TryParse(key[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.Ticks
            && Guid.TryParseExact(key[1], "N", out var id))
        {
            return (new DateTimeOffset(ticks, TimeSpan.Zero), id);
        }

        throw Malformed();
    }

    /// <exception cref="FormatException">It isn't the cursor of a list of users.</exception>
    public static string ParseUser(string cursor) => Decode(cursor, 'u');

    private static string Encode(string key) => Base64Url.EncodeToString(StrictUtf8.GetBytes(key));

    private static string Decode(string cursor, char kind)
    {
        try
        {
            var key = StrictUtf8.GetString(Base64Url.DecodeFromChars(cursor));
            if (key.Length > 1 && key[0] == kind) return key[1..];
        }
        catch (Exception e) when (e is FormatException or DecoderFallbackException)
        {
            throw Malformed();
        }

        throw Malformed();
    }

    private static FormatException Malformed() =>
        new("The cursor isn't one that this list has given out; leave it away to begin with the first page.");
}
