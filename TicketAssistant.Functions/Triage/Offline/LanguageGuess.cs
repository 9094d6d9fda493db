using System.Collections.Frozen;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>Guesses a language by its script, or for Latin letters by its commonest small words.</summary>
internal static class LanguageGuess
{
    private const int EnoughCharacters = 4;

    private static readonly string[] Languages = [.. Rows().Select(row => row.Language)];
    private static readonly FrozenDictionary<string, int[]> SmallWords = Load();

    /// <summary>The language of the sentences that are not <paramref name="dropped"/>, as ISO 639-1 code; null when there is too little to tell.</summary>
    public static string? Of(TicketText ticket, bool[] dropped)
    {
        var votes = new double[Languages.Length];
        var scripts = new ScriptCounter();
        var words = SmallWords.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < ticket.Sentences.Count; i++)
        {
            if (dropped[i]) continue;
            var sentence = ticket.Text.AsSpan(ticket.Sentences[i].Start, ticket.Sentences[i].End - ticket.Sentences[i].Start);
            foreach (var range in sentence.SplitAny(" \n,.;:!?()"))
            {
                var word = sentence[range];
                if (word.IsEmpty) continue;
                foreach (var c in word) scripts.Count(c);
                if (!words.TryGetValue(word, out var spokenIn)) continue;
                // A word that several languages share says less.
                foreach (var language in spokenIn) votes[language] += 1.0 / spokenIn.Length;
            }
        }

        if (scripts.Winner(EnoughCharacters) is { } byScript) return byScript;
        var best = Array.IndexOf(votes, votes.Max());
        return votes[best] >= 1 ? Languages[best] : null;
    }

    private static FrozenDictionary<string, int[]> Load()
    {
        var words = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var (language, text) in Rows())
        {
            foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct())
            {
                if (!words.TryGetValue(word, out var list)) words[word] = list = [];
                list.Add(Array.IndexOf(Languages, language));
            }
        }

        return words.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.ToArray(), StringComparer.Ordinal);
    }

    private static IEnumerable<(string Language, string Words)> Rows() =>
        EmbeddedTable.Lines("languages.txt").Select(line => line.Split(" = ", 2)).Select(parts => (parts[0], parts[1]));

    private struct ScriptCounter
    {
        private int kana, han, hangul, devanagari, cyrillic, arabic, hebrew, greek, thai;

        public void Count(char c)
        {
            switch (c)
            {
                case >= '\u3040' and <= '\u30FF': kana++; break;
                case >= '\u3400' and <= '\u9FFF': han++; break;
                case >= '\uAC00' and <= '\uD7AF': hangul++; break;
                case >= '\u0900' and <= '\u097F': devanagari++; break;
                case >= '\u0400' and <= '\u04FF': cyrillic++; break;
                case >= '\u0600' and <= '\u06FF': arabic++; break;
                case >= '\u0590' and <= '\u05FF': hebrew++; break;
                case >= '\u0370' and <= '\u03FF': greek++; break;
                case >= '\u0E00' and <= '\u0E7F': thai++; break;
            }
        }

        public readonly string? Winner(int enough)
        {
            // Any kana makes Chinese characters Japanese.
            (string Language, int Count)[] counts =
            [
                ("ja", kana > 0 ? kana + han : 0), ("zh", kana > 0 ? 0 : han), ("ko", hangul), ("hi", devanagari), ("ru", cyrillic),
                ("ar", arabic), ("he", hebrew), ("el", greek), ("th", thai),
            ];
            var (language, count) = counts.MaxBy(entry => entry.Count);
            return count >= enough ? language : null;
        }
    }
}
