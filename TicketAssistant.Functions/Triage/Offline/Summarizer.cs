namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>Says in the requester's own words what a ticket is about.</summary>
internal static class Summarizer
{
    private const int MaxLength = 500;
    private const int ShortestSentence = 20;

    /// <summary>The title and the sentence of the text that says most; at most 500 characters, one line.</summary>
    public static string Write(TicketReading reading)
    {
        var weights = new double[reading.Text.Sentences.Count];
        foreach (var kind in new[] { CueKind.Type, CueKind.Priority, CueKind.Symptom, CueKind.Mention })
        {
            foreach (var finding in reading.Find(kind)) weights[finding.Sentence] += Math.Min(1, Math.Abs(finding.Cue.Weight) / 2);
        }

        var best = -1;
        for (var i = 0; i < weights.Length; i++)
        {
            var sentence = reading.Text.Sentences[i];
            var length = sentence.End - sentence.Start;
            if (sentence.IsTitle || reading.Dropped[i] || length < ShortestSentence) continue;
            // Long lines collect cues by their length; prose says more than a log line of the same weight.
            weights[i] /= Math.Sqrt(length);
            if (best < 0 || weights[i] > weights[best]) best = i;
        }

        var title = string.Join(' ', reading.Text.Sentences.Where((s, i) => s.IsTitle && !reading.Dropped[i]).Select(s => Quote(reading.Text, s)));
        var text = best < 0 ? "" : Quote(reading.Text, reading.Text.Sentences[best]);
        var summary = title.Length == 0 ? text : text.Length == 0 ? title : $"{Introduction(title)} {text}";
        return TextLimit.Cut(summary.Length == 0 ? "(no text)" : summary, MaxLength);
    }

    private static string Introduction(string title) => title[^1] is '?' or '!' ? title : $"{title.TrimEnd('.', ' ', ':')}:";

    private static string Quote(TicketText text, Sentence sentence)
    {
        var from = text.Map[sentence.Start];
        var to = sentence.End < text.Map.Length ? text.Map[sentence.End - 1] + 1 : text.Original.Length;
        return TextLimit.OneLine(text.Original.AsSpan(from, Math.Max(0, to - from)));
    }
}
