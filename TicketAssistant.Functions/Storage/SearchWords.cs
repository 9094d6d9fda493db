using System.Text;

namespace TicketAssistant.Functions.Storage;

/// <summary>
/// What text search means, for every store alike: each word asked for begins a word of the text. A word is a run of letters and
/// digits, in lower case; a character of a script that is written without spaces is a word by itself.
/// </summary>
internal static class SearchWords
{
    /// <summary>Longer words are cut, in the text and in what is asked for.</summary>
    private const int Longest = 40;

    /// <summary>A text's further words are not found: an index has to stay small, and 20,000 characters of prose have fewer.</summary>
    private const int Most = 2_000;

    // Where CJK begins: from here on letters are not joined to words.
    private const int Unspaced = 0x2E80;

    /// <summary>The different words of the texts, in order.</summary>
    public static IReadOnlyList<string> Of(params ReadOnlySpan<string?> texts)
    {
        var words = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var word = new StringBuilder();
        foreach (var text in texts)
        {
            foreach (var rune in (text ?? "").EnumerateRunes())
            {
                var belongs = Rune.IsLetterOrDigit(rune);
                if (!belongs || rune.Value >= Unspaced) End();
                if (!belongs) continue;
                word.Append(Rune.ToLowerInvariant(rune));
                if (rune.Value >= Unspaced) End();
            }

            End();
        }

        return words;

        void End()
        {
            if (word.Length == 0) return;
            // Never through the middle of a surrogate pair.
            var length = word.Length <= Longest ? word.Length : char.IsHighSurrogate(word[Longest - 1]) ? Longest - 1 : Longest;
            var found = word.ToString(0, length);
            word.Clear();
            if (words.Count < Most && seen.Add(found)) words.Add(found);
        }
    }

    /// <summary>Whether each word of <paramref name="asked"/> begins one of <paramref name="words"/>.</summary>
    public static bool Match(IReadOnlyList<string> asked, IReadOnlyList<string> words) =>
        asked.All(a => words.Any(w => w.StartsWith(a, StringComparison.Ordinal)));
}
