using System.Collections.Frozen;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>
/// Finds well-known names with one slip of the fingers: a letter left out, doubled or swapped with the next. A wrong letter in
/// the place of another is left alone, because that is how one English word becomes another. One look-up a word.
/// </summary>
internal static class MistypedNames
{
    private const int ShortestName = 6;
    private const double Weight = 2.2;

    private static Compiled? compiled;

    /// <summary>Every mistyped name, by start.</summary>
    public static List<CueMatch> Find(string text)
    {
        var slips = Slips().GetAlternateLookup<ReadOnlySpan<char>>();
        var found = new List<CueMatch>();
        for (var start = 0; start < text.Length; start++)
        {
            if (!char.IsAsciiLetter(text[start])) continue;
            var end = start + 1;
            while (end < text.Length && char.IsAsciiLetter(text[end])) end++;
            var isWord = (start == 0 || !Tokenizer.IsWord(text[start - 1])) && (end == text.Length || !Tokenizer.IsWord(text[end]));
            if (isWord && end - start >= ShortestName - 1 && slips.TryGetValue(text.AsSpan(start, end - start), out var cue)) found.Add(new CueMatch(start, end, cue));
            start = end;
        }

        return found;
    }

    private static FrozenDictionary<string, Cue> Slips()
    {
        var aliases = SkillAliases.Default;
        var known = Volatile.Read(ref compiled);
        if (known is null || known.Aliases != aliases) Volatile.Write(ref compiled, known = new Compiled(aliases, Build(aliases)));
        return known.Slips;
    }

    private static FrozenDictionary<string, Cue> Build(SkillAliases aliases)
    {
        var realWords = EmbeddedTable.Lines("real-words.txt").SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToHashSet(StringComparer.Ordinal);
        var slips = new Dictionary<string, Cue>(StringComparer.Ordinal);
        var doubtful = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, canonical) in aliases.Names)
        {
            if (name.Length < ShortestName || !name.All(char.IsAsciiLetterLower) || SkillScorer.IsAmbiguous(name)) continue;
            foreach (var slip in SlipsOf(name))
            {
                if (aliases.Knows(slip) || realWords.Contains(slip)) continue;
                if (!slips.TryAdd(slip, new Cue(name, CueKind.Mention, canonical, Weight)) && slips[slip].Section != canonical) doubtful.Add(slip);
            }
        }

        return slips.Where(entry => !doubtful.Contains(entry.Key)).ToFrozenDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
    }

    // The first letter is right: people who mistype it see it.
    private static IEnumerable<string> SlipsOf(string name)
    {
        for (var i = 1; i < name.Length; i++)
        {
            // Without its last letter a plural is the singular, and many a word is another.
            if (i < name.Length - 1) yield return name.Remove(i, 1);
            yield return name.Insert(i, name[i].ToString());
            if (i + 1 < name.Length && name[i] != name[i + 1]) yield return $"{name[..i]}{name[i + 1]}{name[i]}{name[(i + 2)..]}";
        }
    }

    private sealed record Compiled(SkillAliases Aliases, FrozenDictionary<string, Cue> Slips);
}
