using System.Globalization;
using System.Text;

namespace TicketAssistant.Functions.Accounts;

/// <summary>Makes one plain line of what somebody typed.</summary>
internal static class CleanText
{
    /// <summary>
    /// Trimmed, runs of white space as one space; without control and formatting characters, among them those that
    /// turn the direction of writing and could make a name read as another.
    /// </summary>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // a lone surrogate becomes U+FFFD
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
            }
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format))
            {
                line.Append(rune);
            }
        }

        return line.ToString().Trim();
    }
}
