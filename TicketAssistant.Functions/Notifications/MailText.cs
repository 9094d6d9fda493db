using System.Globalization;
using System.Text;

namespace TicketAssistant.Functions.Notifications;

/// <summary>
/// Makes text by users and models fit to be shown in a mail: no control characters (so no header can be injected), no
/// characters that turn the reading direction (so nothing can be made to look like something else), bounded. Encoding for
/// HTML comes after this.
/// </summary>
internal static class MailText
{
    /// <summary>One line of at most <paramref name="max"/> UTF-16 units, the ellipsis of a cut included.</summary>
    public static string Line(string text, int max) => Cut(Clean(text, keepLines: false), max);

    /// <summary>Like <see cref="Line"/>, with line breaks (<c>\n</c>) and at most one empty line in a row.</summary>
    public static string Block(string text, int max) => Cut(Clean(text, keepLines: true), max);

    /// <summary>How long something took, as people say it: minutes, hours or days, rounded down; never less than a minute.</summary>
    public static string Duration(TimeSpan time)
    {
        var (count, unit) = time.TotalHours switch
        {
            < 1 => (Math.Max(1, (int)time.TotalMinutes), "minute"),
            < 48 => ((int)time.TotalHours, "hour"),
            _ => ((int)time.TotalDays, "day"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{count} {unit}{(count == 1 ? "" : "s")}");
    }

    private static string Clean(string text, bool keepLines)
    {
        var builder = new StringBuilder(text.Length);
        Span<char> utf16 = stackalloc char[2];
        // Enumerating runes also turns a lone surrogate into U+FFFD.
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value == '\n' && keepLines)
            {
                TrimEnd(builder, ' ');
                if (!EndsWith(builder, "\n\n")) builder.Append('\n');
            }
            else if (Rune.IsWhiteSpace(rune))
            {
                if (!EndsWith(builder, " ")) builder.Append(' ');
            }
            else if (!Rune.IsControl(rune) && !TurnsDirection(rune.Value))
            {
                builder.Append(utf16[..rune.EncodeToUtf16(utf16)]);
            }
        }

        return builder.ToString().Trim();
    }

    /// <summary>Unicode's Bidi_Control characters. Right-to-left scripts need none of them where each text has its own element.</summary>
    private static bool TurnsDirection(int c) =>
        c is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static string Cut(string text, int max)
    {
        if (text.Length <= max) return text;
        // Whole text elements, so that neither an emoji nor an accented letter is torn.
        var end = 0;
        while (true)
        {
            var next = end + StringInfo.GetNextTextElementLength(text, end);
            if (next > max - 1) break;
            end = next;
        }

        return text[..end].TrimEnd() + "…";
    }

    private static bool EndsWith(StringBuilder builder, string end)
    {
        if (builder.Length < end.Length) return false;
        for (var i = 1; i <= end.Length; i++)
            if (builder[^i] != end[^i]) return false;
        return true;
    }

    private static void TrimEnd(StringBuilder builder, char c)
    {
        while (builder.Length > 0 && builder[^1] == c) builder.Length--;
    }
}
