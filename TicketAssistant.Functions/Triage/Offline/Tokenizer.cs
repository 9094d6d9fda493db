using System.Text;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>
/// Folds text for matching and cuts it into sentences. Punctuation that belongs to names (C++, C#, .NET, Node.js, CI/CD) stays,
/// so that a word's neighbours tell whether it stands alone.
/// </summary>
internal static class Tokenizer
{
    // A line at least this long was probably wrapped by a mail program: its sentence goes on below.
    private const int WrappedLine = 55;

    /// <summary>Prepares a ticket.</summary>
    public static TicketText Read(string title, string description)
    {
        var original = $"{title}\n{description}";
        var text = new StringBuilder(original.Length + 8);
        var map = new List<int>(original.Length + 8);
        var sentences = new List<Sentence>();
        var (start, paragraph, lineStart) = (0, 0, 0);
        var isHtml = LooksLikeHtml(description);

        for (var i = 0; i < original.Length; i++)
        {
            var c = original[i];
            if (i == title.Length)
            {
                Close(isTitle: true);
                paragraph++;
                lineStart = i + 1;
                continue;
            }

            if (c == '\n')
            {
                var next = NextLine(original, i);
                if (next.Blank || !IsWrapped(original, lineStart, i, next.Start)) Close(i < title.Length);
                if (next.Blank) paragraph++;
                Space(i);
                lineStart = i + 1;
                continue;
            }

            if (isHtml && i > title.Length && SkipMarkup(original, i) is var end && end > i)
            {
                Space(i);
                i = end - 1;
                continue;
            }

            if (char.IsWhiteSpace(c) || c is '"' or '*' or '`' or '“' or '”' or '„' or '«' or '»' or '|')
            {
                Space(i);
                continue;
            }

            if (c is '\'' or '’')
            {
                // "can't" becomes "cant", "l'erreur" becomes "l erreur".
                if (!IsContraction(original, i)) Space(i);
                continue;
            }

            if (c is '-' or '‑' or '–' && i > 0 && i + 1 < original.Length && char.IsLetterOrDigit(original[i - 1]) && char.IsLetterOrDigit(original[i + 1]))
            {
                Space(i);
                continue;
            }

            var before = text.Length;
            CharFolding.Append(text, c);
            for (; before < text.Length; before++) map.Add(i);
            if (EndsSentence(original, i)) Close(i < title.Length);
        }

        Close(isTitle: false);
        return new TicketText(original, text.ToString(), [.. map], sentences);

        void Space(int at)
        {
            if (text.Length == 0 || text[^1] == ' ') return;
            text.Append(' ');
            map.Add(at);
        }

        void Close(bool isTitle)
        {
            while (start < text.Length && text[start] == ' ') start++;
            if (text.Length > start) sentences.Add(new Sentence(start, text.Length, isTitle, paragraph));
            start = text.Length;
            if (text.Length == 0 || text[^1] == ' ') return;
            // Belongs to no sentence, so nothing is matched across it.
            text.Append('\n');
            map.Add(map.Count == 0 ? 0 : map[^1]);
            start = text.Length;
        }
    }

    /// <summary>Letters, digits and the underscore: what a word is made of.</summary>
    public static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '_' or (>= '\u0900' and <= '\u097F' and not ('\u0964' or '\u0965'));

    /// <summary>Scripts that put no spaces between words: any character may begin or end one.</summary>
    public static bool IsUnspaced(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF') or (>= '\u0E00' and <= '\u0E7F');

    private static bool EndsSentence(string text, int i) => text[i] switch
    {
        '。' or '！' or '？' or '।' => true,
        '.' or '!' or '?' => i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]),
        _ => false,
    };

    private static bool IsContraction(string text, int i)
    {
        if (i == 0 || !char.IsLetter(text[i - 1])) return false;
        var end = i + 1;
        while (end < text.Length && char.IsLetter(text[end])) end++;
        return text.AsSpan(i + 1, end - i - 1) is "t" or "s" or "re" or "ll" or "ve" or "m" or "d";
    }

    private static (int Start, bool Blank) NextLine(string text, int lineBreak)
    {
        var i = lineBreak + 1;
        while (i < text.Length && text[i] != '\n' && char.IsWhiteSpace(text[i])) i++;
        return (i, i >= text.Length || text[i] == '\n');
    }

    private static bool IsWrapped(string text, int lineStart, int lineEnd, int nextStart) =>
        lineEnd - lineStart >= WrappedLine && char.IsLower(text[nextStart]);

    private static bool LooksLikeHtml(string text) =>
        text.Contains("</", StringComparison.Ordinal)
        && (text.Contains("<p", StringComparison.OrdinalIgnoreCase) || text.Contains("<div", StringComparison.OrdinalIgnoreCase) || text.Contains("<br", StringComparison.OrdinalIgnoreCase));

    // The end of the tag or entity that begins at i, or i.
    private static int SkipMarkup(string text, int i)
    {
        var (close, longest) = text[i] switch { '<' => ('>', 500), '&' => (';', 8), _ => ('\0', 0) };
        if (longest == 0 || i + 1 >= text.Length || !(char.IsAsciiLetter(text[i + 1]) || text[i + 1] is '/' or '#' or '!')) return i;
        var end = text.AsSpan(i, Math.Min(longest, text.Length - i)).IndexOf(close);
        return end < 0 ? i : i + end + 1;
    }
}
