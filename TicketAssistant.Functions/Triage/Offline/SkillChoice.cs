using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>Picks the skills that a ticket really asks for from all that have some evidence.</summary>
internal static class SkillChoice
{
    private const double Enough = 1.8;
    private const double ShareOfBest = 0.42;
    private const double UncoveredByName = 1.15;
    private const double UncoveredBySymptom = 2;
    private const int Most = 5;

    /// <summary>
    /// At most five, most important first, in the moderators' spelling where they have one. Where the clearest subject is one
    /// that no moderator covers, weaker hints at covered ones are dropped: the ticket is an admin's, not a bystander's.
    /// </summary>
    public static IReadOnlyList<string> Choose(IReadOnlyList<SkillScore> scores, SkillVocabulary vocabulary)
    {
        var strong = scores.Where(skill => skill.Score >= Enough).ToList();
        if (strong.Count == 0) return [];

        var covered = strong.FirstOrDefault(skill => vocabulary.SpellingOf(skill.Canonical) is not null);
        var uncovered = strong.FirstOrDefault(skill => !SkillScorer.IsCovered(skill.Canonical, vocabulary));
        // Against a skill that the ticket names, one that it only hints at has to be much the clearer.
        var margin = covered is { IsNamed: true } && uncovered is { IsNamed: false } ? UncoveredBySymptom : UncoveredByName;
        if (uncovered is not null && uncovered.Score >= margin * (covered?.Score ?? 0))
        {
            return [.. strong
                .Where(skill => !SkillScorer.IsCovered(skill.Canonical, vocabulary) && skill.Score >= ShareOfBest * uncovered.Score)
                .Take(Most).Select(skill => skill.Canonical)];
        }

        return [.. strong
            .Where(skill => vocabulary.SpellingOf(skill.Canonical) is not null && skill.Score >= ShareOfBest * covered!.Score)
            .Take(Most).Select(skill => vocabulary.SpellingOf(skill.Canonical)!)];
    }
}
