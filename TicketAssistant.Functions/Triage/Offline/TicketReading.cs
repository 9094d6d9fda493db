namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>A ticket with what was found in it; sentences that try to steer the triage are gone from here on.</summary>
internal sealed class TicketReading
{
    private static readonly CueKind[] Kinds = Enum.GetValues<CueKind>();

    private readonly List<Finding>[] byKind;

    private TicketReading(TicketText text, List<Finding>[] byKind, bool[] dropped, string? language)
    {
        Text = text;
        this.byKind = byKind;
        Dropped = dropped;
        Language = language;
    }

    /// <summary>The folded text.</summary>
    public TicketText Text { get; }

    /// <summary>For each sentence whether it was left out.</summary>
    public IReadOnlyList<bool> Dropped { get; }

    /// <summary>Whether anything was left out.</summary>
    public bool WasSteered => Dropped.Contains(true);

    /// <summary>ISO 639-1 code, or null.</summary>
    public string? Language { get; }

    /// <summary>Reads a ticket.</summary>
    /// <param name="title">Its title.</param>
    /// <param name="description">The requester's text.</param>
    /// <param name="cues">Finds the cues of the tables.</param>
    /// <param name="ownNames">Finds the names of skills that only this team has.</param>
    public static TicketReading Of(string title, string description, CueMatcher cues, CueMatcher ownNames)
    {
        var text = Tokenizer.Read(title, description);
        var findings = Locate(cues.Find(text.Text), text.Sentences);
        var dropped = InjectionFilter.FindSteering(text, findings);
        findings.AddRange(Locate(ownNames.Find(text.Text), text.Sentences));
        findings.AddRange(Locate(MistypedNames.Find(text.Text), text.Sentences));

        var sorted = Array.ConvertAll(Kinds, _ => new List<Finding>());
        foreach (var finding in findings.OrderBy(finding => finding.Start).ThenByDescending(finding => finding.End))
        {
            if (!dropped[finding.Sentence]) sorted[(int)finding.Cue.Kind].Add(finding);
        }

        var byKind = Array.ConvertAll(Kinds, kind => Longest(sorted[(int)kind], kind));
        return new TicketReading(text, byKind, dropped, LanguageGuess.Of(text, dropped));
    }

    /// <summary>What was found of this kind, in the order of the text.</summary>
    public List<Finding> Find(CueKind kind) => byKind[(int)kind];

    /// <summary>Whether a cue of this section of the grammar table stands in the sentence.</summary>
    public bool HasGrammar(string section, int sentence)
    {
        foreach (var finding in byKind[(int)CueKind.Grammar])
        {
            if (finding.Sentence == sentence && finding.Cue.Section == section) return true;
        }

        return false;
    }

    /// <summary>Whether a cue of this section ends at most <paramref name="words"/> words before <paramref name="by"/> begins, in the same sentence.</summary>
    public bool IsPreceded(string section, Finding by, int words)
    {
        foreach (var finding in byKind[(int)CueKind.Grammar])
        {
            if (finding.Sentence != by.Sentence || finding.End > by.Start || finding.Cue.Section != section) continue;
            var between = Text.Text.AsSpan(finding.End, by.Start - finding.End);
            if (between.IndexOfAny(",;:") < 0 && between.Count(' ') <= words) return true;
        }

        return false;
    }

    private static List<Finding> Locate(List<CueMatch> matches, IReadOnlyList<Sentence> sentences)
    {
        var located = new List<Finding>(matches.Count);
        var sentence = 0;
        foreach (var match in matches)
        {
            while (sentence + 1 < sentences.Count && sentences[sentence + 1].Start <= match.Start) sentence++;
            located.Add(new Finding(match.Start, match.End, match.Cue, sentence));
        }

        return located;
    }

    // "java script" must not also count as "java", nor "not blocked" as "blocked": the longest wins. Elsewhere one phrase may
    // speak for several sections, and only the same section competes.
    private static List<Finding> Longest(List<Finding> sorted, CueKind kind)
    {
        if (kind is CueKind.Context or CueKind.Grammar) return sorted;

        var kept = new List<Finding>(sorted.Count);
        foreach (var finding in sorted)
        {
            var covered = false;
            for (var i = kept.Count - 1; i >= 0 && i >= kept.Count - 12 && !covered; i--)
            {
                var other = kept[i];
                covered = other.Start <= finding.Start && other.End >= finding.End
                    && (other.End - other.Start > finding.End - finding.Start || other.Cue.Section == finding.Cue.Section)
                    && (IsOneAnswer(kind) || other.Cue.Section == finding.Cue.Section || other.Cue.Section is "calm" or "workaround");
            }

            if (!covered) kept.Add(finding);
        }

        return kept;
    }

    private static bool IsOneAnswer(CueKind kind) => kind is CueKind.Mention or CueKind.Tone or CueKind.Steering;
}
