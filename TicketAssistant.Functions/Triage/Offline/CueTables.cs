using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>All cue tables and the names of skills, compiled into one matcher when first used.</summary>
internal static class CueTables
{
    private static Compiled? compiled;

    /// <summary>Finds every cue there is.</summary>
    public static CueMatcher Matcher
    {
        get
        {
            var aliases = SkillAliases.Default;
            // Built again when a team's own words were read; two threads may build it at once, which is harmless.
            var known = Volatile.Read(ref compiled);
            if (known is null || known.Aliases != aliases) Volatile.Write(ref compiled, known = new Compiled(aliases, new CueMatcher([.. Names(aliases), .. Cues, .. aliases.Cues])));
            return known.Matcher;
        }
    }

    /// <summary>Every entry of the tables that ship with the app; the names of skills are not among them.</summary>
    public static IReadOnlyList<Cue> Cues { get; } =
    [
        .. CueFile.Read("symptoms.txt", CueKind.Symptom),
        .. CueFile.Read("lookalikes.txt", CueKind.Context),
        .. CueFile.Read("types.txt", CueKind.Type),
        .. CueFile.Read("priority.txt", CueKind.Priority),
        .. CueFile.Read("tone.txt", CueKind.Tone),
        .. CueFile.Read("steering.txt", CueKind.Steering),
        .. CueFile.Read("grammar.txt", CueKind.Grammar),
    ];

    /// <summary>The names of skills as cues.</summary>
    public static IEnumerable<Cue> Names(SkillAliases aliases) => SkillMentions.Known(aliases);

    private sealed record Compiled(SkillAliases Aliases, CueMatcher Matcher);
}
