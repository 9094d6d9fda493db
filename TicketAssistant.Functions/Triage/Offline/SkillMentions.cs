using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>Turns skill names into cues by which a ticket mentions them.</summary>
internal static class SkillMentions
{
    /// <summary>How much a plain mention of a skill says.</summary>
    public const double Weight = 3;

    private const int ShortestPlural = 6;

    /// <summary>One cue for each name in the alias table, singular and plural.</summary>
    public static IEnumerable<Cue> Known(SkillAliases aliases)
    {
        foreach (var (name, canonical) in aliases.Names)
        {
            yield return new Cue(name, CueKind.Mention, canonical, Weight);
            if (OtherNumber(name) is { } other && !aliases.Knows(other)) yield return new Cue(other, CueKind.Mention, canonical, Weight);
        }
    }

    /// <summary>Finds those of the moderators' skills that the alias table doesn't know.</summary>
    public static CueMatcher ForUnknown(IEnumerable<string> canonical) =>
        new(canonical.Where(name => !SkillAliases.Default.Knows(name)).SelectMany(Both));

    private static IEnumerable<Cue> Both(string name)
    {
        yield return new Cue(name, CueKind.Mention, name, Weight);
        if (OtherNumber(name) is { } other && !SkillAliases.Default.Knows(other)) yield return new Cue(other, CueKind.Mention, name, Weight);
    }

    // Only for finding a name in running text; two skills are never the same for a missing s.
    private static string? OtherNumber(string name)
    {
        if (name.Length < ShortestPlural || !char.IsAsciiLetter(name[^1]) || name.EndsWith("ss", StringComparison.Ordinal)) return null;
        return name[^1] == 's' ? name[..^1] : $"{name}s";
    }
}
