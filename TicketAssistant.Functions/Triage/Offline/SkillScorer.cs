using System.Collections.Frozen;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>Weighs what a ticket says about skills: names, symptoms, and what speaks against a name being meant as a skill.</summary>
internal static class SkillScorer
{
    private const double TitleFactor = 1.5;
    private const double FineFactor = 0.25;
    private const double NearContext = 1;
    private const double AnywhereContext = 2;
    private const double MaxPerSkill = 9;
    private const double BreachWeight = 6;
    private const string NeverAlone = "never alone";
    private const string FollowedBy = "followed by";

    private const double RivalFactor = 0.4;
    private const double CoveredShare = 0.5;
    private const string Foreign = "foreign";
    private const string Tool = "tool";

    // Products that do the same: when one is named, what merely looks like another's trouble is most likely that one's.
    private static readonly string[][] Rivals = [.. EmbeddedTable.Lines("rivals.txt").Select(line => line.Split('|', StringSplitOptions.TrimEntries))];

    // Names that need a context, with how they must be written.
    private static readonly Cue[] LookAlikes = [.. CueFile.Read("lookalikes.txt", CueKind.Context)];

    private static readonly FrozenDictionary<string, string> Ambiguous = LookAlikes
        .Where(cue => cue.Section is not (FollowedBy or Foreign or Tool))
        .Select(cue => cue.Section == NeverAlone ? cue.Phrase : cue.Section).Distinct()
        .ToFrozenDictionary(written => written.ToLowerInvariant(), StringComparer.Ordinal);

    private static readonly FrozenSet<string> NeedSymptom = PhrasesOf(NeverAlone);

    private static readonly FrozenSet<string> TechnicalNouns = PhrasesOf(FollowedBy);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> TechnicalNounSpans =
        TechnicalNouns.GetAlternateLookup<ReadOnlySpan<char>>();

    // English words that mean nothing else in a text of another language, and those that are a tool after "in" or "with".
    private static readonly FrozenSet<string> ForeignNames = PhrasesOf(Foreign);
    private static readonly FrozenSet<string> ToolNames = PhrasesOf(Tool);

    /// <summary>Whether a name is an ordinary word, too.</summary>
    public static bool IsAmbiguous(string name) => Ambiguous.ContainsKey(name);

    /// <summary>All skills that have any evidence, strongest first; ties in the order of their names.</summary>
    public static List<SkillScore> Score(TicketReading reading, SkillVocabulary vocabulary)
    {
        var tallies = new Dictionary<string, Tally>(StringComparer.Ordinal);
        var people = new HashSet<string>(StringComparer.Ordinal);
        foreach (var mention in reading.Find(CueKind.Mention))
        {
            if (reading.IsPreceded("title", mention, words: 2)) people.Add(mention.Cue.Section);
        }

        foreach (var symptom in reading.Find(CueKind.Symptom)) Add(tallies, reading, symptom);
        foreach (var mention in reading.Find(CueKind.Mention))
        {
            if (people.Contains(mention.Cue.Section) || !IsMeant(reading, mention, tallies)) continue;
            Add(tallies, reading, mention);
        }

        // Somebody inside is for those who handle that, however much is said about the account they came in by.
        var breach = reading.Find(CueKind.Priority).FirstOrDefault(finding => finding.Cue is { Section: "breach", Weight: >= 2 });
        if (breach.Cue is not null) AddBreach(tallies, breach.Cue.Phrase);

        Weaken(tallies);
        var scores = tallies.ToDictionary(entry => entry.Key, entry => Math.Min(entry.Value.Total, MaxPerSkill), StringComparer.Ordinal);
        Spread(scores, tallies, vocabulary);
        return [.. scores
            .Where(entry => entry.Value > 0)
            .OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => tallies.TryGetValue(entry.Key, out var tally)
                ? new SkillScore(entry.Key, entry.Value, tally.Evidence, tally.IsNamed)
                : new SkillScore(entry.Key, entry.Value, [], IsNamed: false))];
    }

    /// <summary>Whether a moderator has this skill or, by the table of neighbours, one near it.</summary>
    public static bool IsCovered(string canonical, SkillVocabulary vocabulary) =>
        vocabulary.SpellingOf(canonical) is not null || vocabulary.Neighbours.Of(canonical).Count > 0;

    private static void Add(Dictionary<string, Tally> tallies, TicketReading reading, Finding finding)
    {
        var weight = finding.Cue.Weight;
        // A symptom often is a negation; a name after one is what the ticket is not about.
        if (finding.Cue.Kind == CueKind.Mention && IsNegated(reading, finding)) return;
        if (reading.HasGrammar("fine", finding.Sentence)) weight *= FineFactor;
        if (reading.Text.Sentences[finding.Sentence].IsTitle) weight *= TitleFactor;
        if (!tallies.TryGetValue(finding.Cue.Section, out var tally)) tallies[finding.Cue.Section] = tally = new Tally();
        tally.Add(finding.Cue.Phrase, weight);
        tally.IsNamed |= finding.Cue.Kind == CueKind.Mention;
    }

    private static void Weaken(Dictionary<string, Tally> tallies)
    {
        foreach (var rivals in Rivals)
        {
            if (!rivals.Any(name => tallies.TryGetValue(name, out var tally) && tally.IsNamed)) continue;
            foreach (var name in rivals)
            {
                if (tallies.TryGetValue(name, out var tally) && !tally.IsNamed) tally.Weaken(RivalFactor);
            }
        }
    }

    private static void AddBreach(Dictionary<string, Tally> tallies, string phrase)
    {
        foreach (var skill in (ReadOnlySpan<string>)["security", "incident response"])
        {
            if (!tallies.TryGetValue(skill, out var tally)) tallies[skill] = tally = new Tally();
            tally.Add(phrase, BreachWeight);
        }
    }

    private static bool IsNegated(TicketReading reading, Finding finding) => reading.IsPreceded($"not.{reading.Language ?? "en"}", finding, words: 2);

    // An ordinary word is a skill only in its context.
    private static bool IsMeant(TicketReading reading, Finding mention, Dictionary<string, Tally> tallies)
    {
        if (!Ambiguous.TryGetValue(mention.Cue.Phrase, out var written)) return true;
        if (char.IsUpper(written[0]) && !IsWrittenAlone(reading.Text, mention, written)) return false;

        var found = !NeedSymptom.Contains(mention.Cue.Phrase) && IsFollowedByTechnicalNoun(reading.Text.Text, mention.End);
        found |= ForeignNames.Contains(mention.Cue.Phrase) && reading.Language is not (null or "en");
        found |= ToolNames.Contains(mention.Cue.Phrase) && IsUsedAsTool(reading, mention);
        foreach (var context in reading.Find(CueKind.Context))
        {
            if (context.Cue.Section != written) continue;
            var distance = Math.Abs(context.Sentence - mention.Sentence);
            if (context.Cue.Weight < 0 && distance == 0) return false;
            // The name itself is no context for the name.
            if (context.Start >= mention.Start && context.End <= mention.End) continue;
            found |= context.Cue.Weight >= AnywhereContext || (context.Cue.Weight >= NearContext && distance <= 1);
        }

        return found || tallies.ContainsKey(mention.Cue.Section);
    }

    // "in Excel", "with Zoom", or the subject line's "Teams: no sound".
    private static bool IsUsedAsTool(TicketReading reading, Finding mention)
    {
        var text = reading.Text;
        if (!char.IsUpper(text.Original[text.Map[mention.Start]])) return false;
        if (text.Sentences[mention.Sentence] is { IsTitle: true } title && title.Start == mention.Start && mention.End < text.Text.Length && text.Text[mention.End] == ':')
            return true;
        return reading.IsPreceded("used", mention, words: 1);
    }

    private static bool IsFollowedByTechnicalNoun(string text, int end)
    {
        if (end >= text.Length || text[end] != ' ') return false;
        var next = end + 1;
        while (next < text.Length && char.IsAsciiLetter(text[next])) next++;
        return TechnicalNounSpans.Contains(text.AsSpan(end + 1, next - end - 1));
    }

    private static FrozenSet<string> PhrasesOf(string section) =>
        LookAlikes.Where(cue => cue.Section == section).Select(cue => cue.Phrase).ToFrozenSet(StringComparer.Ordinal);

    private static bool IsWrittenAlone(TicketText text, Finding mention, string written)
    {
        if (text.Original[text.Map[mention.Start]] != written[0]) return false;
        if (written.Length > 1) return true;
        // "R&D" and "C:" are not languages.
        var before = mention.Start == 0 ? ' ' : text.Text[mention.Start - 1];
        var after = mention.End >= text.Text.Length ? ' ' : text.Text[mention.End];
        return before is ' ' or '\n' or '(' && after is ' ' or '\n' or ',' or '.' or ')' or '?' or '!' or ';';
    }

    private static void Spread(Dictionary<string, double> scores, Dictionary<string, Tally> tallies, SkillVocabulary vocabulary)
    {
        foreach (var (canonical, tally) in tallies)
        {
            var share = vocabulary.SpellingOf(canonical) is null ? 1 : CoveredShare;
            foreach (var (name, weight) in vocabulary.Neighbours.Of(canonical))
            {
                scores[name] = Math.Min(MaxPerSkill, scores.GetValueOrDefault(name) + Math.Min(tally.Total, MaxPerSkill) * weight * share);
            }
        }
    }

    private sealed class Tally
    {
        private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);

        public double Total { get; private set; }

        public bool IsNamed { get; set; }

        public List<string> Evidence { get; } = [];

        public void Weaken(double factor) => Total *= factor;

        // Saying it again says less each time.
        public void Add(string phrase, double weight)
        {
            var before = seen.GetValueOrDefault(phrase);
            seen[phrase] = before + 1;
            if (before == 0) Evidence.Add(phrase);
            Total += weight / (1 << Math.Min(before, 4));
        }
    }
}
