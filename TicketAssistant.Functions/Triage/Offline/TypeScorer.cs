using System.Collections.Frozen;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>Decides what kind of request a ticket is.</summary>
internal static class TypeScorer
{
    private const double TitleFactor = 1.6;
    private const double Enough = 1.2;
    private const double MaxPerType = 9;
    private const double Damage = 4;
    private const double Asked = 2;
    private const double Fault = 2;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> AsksFirst = EmbeddedTable.Lines("questions.txt")
        .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, (string Name, double Weight)[]> BySkill = WeightTable.Read("skill-types.txt");

    private static readonly FrozenDictionary<string, TicketType> Types = new Dictionary<string, TicketType>
    {
        ["bug"] = TicketType.Bug,
        ["incident"] = TicketType.Incident,
        ["question"] = TicketType.Question,
        ["feature_request"] = TicketType.FeatureRequest,
        ["account_access"] = TicketType.AccountAccess,
        ["billing"] = TicketType.Billing,
        ["security"] = TicketType.Security,
        ["other"] = TicketType.Other,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The kind for which most speaks.</summary>
    public static TypeVerdict Decide(TicketReading reading, IReadOnlyList<SkillScore> skills)
    {
        var scores = new double[Types.Count];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var finding in reading.Find(CueKind.Type))
        {
            var weight = finding.Cue.Weight * (reading.Text.Sentences[finding.Sentence].IsTitle ? TitleFactor : 1);
            if (!seen.Add(finding.Cue.Phrase)) weight *= 0.3;
            var type = (int)Types[finding.Cue.Section];
            scores[type] = Math.Min(scores[type] + weight, MaxPerType);
        }

        AddQuestions(scores, reading);
        AddSkills(scores, skills);
        AddDamage(scores, reading);
        var best = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best]) best = i;
        }

        var second = scores.Where((_, i) => i != best).Max();
        if (scores[best] >= Enough) return new TypeVerdict((TicketType)best, (scores[best] - second) / scores[best], Reasons(reading, (TicketType)best), scores);
        // Who names a piece of technology and asks nothing has trouble with it.
        return new TypeVerdict(skills.Count > 0 && skills[0].Score >= SkillMentions.Weight ? TicketType.Bug : TicketType.Other, 0, [], scores);
    }

    // A sentence that begins as questions do in its language and ends with a question mark, whatever it is about.
    private static void AddQuestions(double[] scores, TicketReading reading)
    {
        for (var i = 0; i < reading.Text.Sentences.Count; i++)
        {
            if (reading.Dropped[i]) continue;
            var sentence = reading.Text.Text.AsSpan(reading.Text.Sentences[i].Start, reading.Text.Sentences[i].End - reading.Text.Sentences[i].Start).TrimEnd();
            if (sentence.Length == 0 || sentence[^1] != '?') continue;
            var word = sentence.TrimStart("¿ ");
            var end = word.IndexOfAny(" ,?");
            if (!AsksFirst.Contains(word[..end])) continue;
            // After a fault that is described it is only how the letter ends.
            var fault = scores[(int)TicketType.Bug] + scores[(int)TicketType.Incident];
            scores[(int)TicketType.Question] = Math.Min(scores[(int)TicketType.Question] + (fault < Fault ? Asked : Asked / 4), MaxPerType);
            return;
        }
    }

    /// <summary>The cues that speak for a kind, in the order in which they were found.</summary>
    public static List<string> Reasons(TicketReading reading, TicketType type)
    {
        var reasons = new List<string>();
        foreach (var finding in reading.Find(CueKind.Type))
        {
            if (Types[finding.Cue.Section] == type && !reasons.Contains(finding.Cue.Phrase)) reasons.Add(finding.Cue.Phrase);
        }

        return reasons;
    }

    // Whatever else is asked: somebody inside is a security matter, lost data or danger an incident.
    private static void AddDamage(double[] scores, TicketReading reading)
    {
        var (breach, harm) = (false, false);
        foreach (var finding in reading.Find(CueKind.Priority))
        {
            breach |= finding.Cue is { Section: "breach", Weight: >= 2 };
            harm |= finding.Cue is { Section: "loss" or "harm", Weight: >= 2 };
        }

        if (breach) scores[(int)TicketType.Security] += Damage;
        if (harm) scores[(int)TicketType.Incident] += Damage;
    }

    // What a ticket is about counts as much as it stands out among its skills.
    private static void AddSkills(double[] scores, IReadOnlyList<SkillScore> skills)
    {
        if (skills.Count == 0) return;
        foreach (var (type, entries) in BySkill)
        {
            var strongest = 0.0;
            foreach (var (name, weight) in entries)
            {
                foreach (var skill in skills)
                {
                    if (skill.Canonical == name) strongest = Math.Max(strongest, weight * skill.Score / skills[0].Score);
                }
            }

            scores[(int)Types[type]] += 2 * strongest;
        }
    }
}
