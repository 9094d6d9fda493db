using System.Text;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>Keeps text within bounds without breaking characters.</summary>
internal static class TextLimit
{
    /// <summary>At most <paramref name="length"/> characters, ending in an ellipsis when something was cut off.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        var end = length - 1;
        if (char.IsHighSurrogate(text[end - 1])) end--;
        return $"{text.AsSpan(0, end).TrimEnd()}…";
    }

    /// <summary>Without line breaks and control characters, inner whitespace collapsed.</summary>
    public static string OneLine(ReadOnlySpan<char> text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c)) line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        return line.ToString().TrimEnd();
    }
}
