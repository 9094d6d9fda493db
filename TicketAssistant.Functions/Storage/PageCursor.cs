using System.Buffers.Text;
using System.Globalization;
using System.Text;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage;

/// <summary>
/// The opaque text of <see cref="Page{T}.Next"/>: the sort key of the last item shown. The next page begins after that key, so
/// that what is inserted meanwhile moves nothing.
/// </summary>
internal static class PageCursor
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string OfTicket(TicketSort sort, Ticket ticket)
    {
        var (priority, time, id) = TicketPosition.Of(ticket, sort);
        return Encode(string.Create(CultureInfo.InvariantCulture, $"{KindOf(sort)}{time.UtcTicks}.{id:N}.{(int)priority}"));
    }

    public static string OfEntry(int seq, DateTimeOffset at) => Encode(string.Create(CultureInfo.InvariantCulture, $"e{seq}.{at.UtcTicks}"));

    public static string OfMail(MailLedgerEntry mail) =>
        Encode(string.Create(CultureInfo.InvariantCulture, $"m{mail.OwedAt.UtcTicks}:{mail.Key.Id}"));

    public static string OfAudit(AuditEntry entry) => Encode(string.Create(CultureInfo.InvariantCulture, $"l{entry.At.UtcTicks}.{entry.Id:N}"));

    /// <exception cref="FormatException">It isn't the cursor of an audit log.</exception>
    public static (DateTimeOffset At, Guid Id) ParseAudit(string cursor) =>
        Decode(cursor, 'l').Split('.') is [var time, var number]
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && ticks <= DateTimeOffset.MaxValue.Ticks
        && Guid.TryParseExact(number, "N", out var id)
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), id)
            : throw Malformed();

    /// <exception cref="FormatException">It isn't the cursor of a timeline.</exception>
    public static (int Seq, DateTimeOffset At) ParseEntry(string cursor) =>
        Decode(cursor, 'e').Split('.') is [var number, var time]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
        && long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && ticks <= DateTimeOffset.MaxValue.Ticks
            ? (seq, new DateTimeOffset(ticks, TimeSpan.Zero))
            : throw Malformed();

    public static string OfUser(string email) => Encode("u" + email);

    /// <exception cref="FormatException">It isn't the cursor of a list of tickets in this order.</exception>
    public static TicketPosition ParseTicket(TicketSort sort, string cursor)
    {
        var key = Decode(cursor, KindOf(sort)).Split('.');
        if (key.Length == 3
            && long.TryParse(key[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.Ticks
            && Guid.TryParseExact(key[1], "N", out var id)
            && int.TryParse(key[2], NumberStyles.None, CultureInfo.InvariantCulture, out var priority)
            && Enum.IsDefined((TicketPriority)priority))
        {
            return new TicketPosition((TicketPriority)priority, new DateTimeOffset(ticks, TimeSpan.Zero), id);
        }

        throw Malformed();
    }

    /// <exception cref="FormatException">It isn't the cursor of a list of mails.</exception>
    public static (DateTimeOffset OwedAt, MailKey Key) ParseMail(string cursor) =>
        Decode(cursor, 'm').Split(':') is [var at, var id]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
        && ticks <= DateTimeOffset.MaxValue.Ticks
        && MailKey.TryParse(id) is { } key
            ? (new DateTimeOffset(ticks, TimeSpan.Zero), key)
            : throw Malformed();

    /// <exception cref="FormatException">It isn't the cursor of a list of users.</exception>
    public static string ParseUser(string cursor) => Decode(cursor, 'u');

    // What a cursor begins with: one of another order would begin the page anywhere.
    private static char KindOf(TicketSort sort) => sort switch
    {
        TicketSort.Created => 'c',
        TicketSort.Updated => 'r',
        TicketSort.Priority => 'p',
        _ => 'a',
    };

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
        new("The cursor isn't one that this list has given out in this order; leave it away to begin with the first page.");
}
