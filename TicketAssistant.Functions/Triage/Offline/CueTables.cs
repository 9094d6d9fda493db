using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>All embedded cue tables, compiled into one matcher when first used.</summary>
internal static class CueTables
{
    /// <summary>Finds every cue there is.</summary>
    public static CueMatcher Matcher { get; } = new([
        .. SkillMentions.Known(SkillAliases.Default),
        .. CueFile.Read("symptoms.txt", CueKind.Symptom),
        .. CueFile.Read("lookalikes.txt", CueKind.Context),
        .. CueFile.Read("types.txt", CueKind.Type),
        .. CueFile.Read("priority.txt", CueKind.Priority),
        .. CueFile.Read("tone.txt", CueKind.Tone),
        .. CueFile.Read("steering.txt", CueKind.Steering),
        .. CueFile.Read("grammar.txt", CueKind.Grammar),
    ]);
}
