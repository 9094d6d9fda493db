using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>Takes a feature and its value.</summary>
internal delegate void FeatureSink(ReadOnlySpan<char> name, double value);

/// <summary>
/// What <see cref="LinearClassifier"/> looks at: what the rules concluded and from what, and the words of the ticket. Words in which people
/// only say how they want it treated ("urgent", "priority") are none of it, nor is a sentence that was left out.
/// </summary>
internal static class TicketFeatures
{
    private const double Word = 0.5;
    private const int LongestWord = 24;
    private const int LongTicket = 400;

    /// <summary>Each feature once; a word's name is the word, the others' have a colon.</summary>
    public static void Read(TicketReading reading, TypeVerdict kind, PriorityVerdict priority, IReadOnlyList<SkillScore> skills, FeatureSink sink)
    {
        sink($"type:{kind.Type}", 1);
        for (var i = 0; i < kind.Scores.Count; i++)
        {
            if (kind.Scores[i] > 0) sink($"cues:{(TicketType)i}", kind.Scores[i] / 3);
        }

        sink($"priority:{priority.Priority}", 1);
        foreach (var (reason, weight) in priority.Weights) sink($"reason:{reason}", weight);
        foreach (var skill in skills.Take(3)) sink($"skill:{skill.Canonical}", skill.Score / skills[0].Score / 2);
        if (skills.Count == 0) sink("skill:", 1);
        ReadText(reading, sink);
    }

    private static void ReadText(TicketReading reading, FeatureSink sink)
    {
        var text = reading.Text;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var isNew = seen.GetAlternateLookup<ReadOnlySpan<char>>();
        var wishes = reading.Find(CueKind.Steering);
        var wasSteered = reading.WasSteered;
        HashSet<int> steered = wasSteered ? [.. text.Sentences.Where((_, i) => reading.Dropped[i]).Select(sentence => sentence.Paragraph)] : [];
        var isElsewhere = wasSteered && text.Sentences.Any(sentence => !sentence.IsTitle && !steered.Contains(sentence.Paragraph));
        var length = 0;
        var asks = false;
        for (var i = 0; i < text.Sentences.Count; i++)
        {
            if (reading.Dropped[i] || (wasSteered && IsSuspect(i))) continue;
            var (start, end) = (text.Sentences[i].Start, text.Sentences[i].End);
            length += end - start;
            asks |= text.Text.AsSpan(start, end - start).TrimEnd().EndsWith("?");
            for (var at = start; at < end; at++)
            {
                if (!Tokenizer.IsWord(text.Text[at])) continue;
                var from = at;
                while (at + 1 < end && Tokenizer.IsWord(text.Text[at + 1])) at++;
                ReadWord(from, at + 1);
            }
        }

        sink("text:length", Math.Min(3, (double)length / LongTicket));
        if (asks) sink("text:asks", 1);

        // What stands beside a sentence that was left out is not trusted either: its paragraph where there is another, else what has a trait of such.
        bool IsSuspect(int sentence) =>
            wishes.Exists(wish => wish.Sentence == sentence) || (steered.Contains(text.Sentences[sentence].Paragraph) && isElsewhere);

        void ReadWord(int from, int to)
        {
            foreach (var wish in wishes)
            {
                if (wish.Start < to && from < wish.End) return;
            }

            var word = text.Text.AsSpan(from, to - from);
            if (word.ContainsAnyInRange('0', '9')) return;
            // Where words aren't told apart by spaces, the rules' cues alone speak.
            if (word.Length <= LongestWord && !Tokenizer.IsUnspaced(word[0]) && isNew.Add(word)) sink(word, Word);
        }
    }
}
