using System.Collections.Frozen;
using System.Text;
using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>Writes the hints for the assignee: what was recognised, where to look first, what to ask.</summary>
internal static class NotesWriter
{
    private const int MaxLength = 4000;
    private const int MaxChecks = 2;
    private const int MaxRecognised = 4;
    private const int MaxCues = 3;

    private static readonly FrozenDictionary<string, string> Hints = EmbeddedTable.Lines("notes.txt")
        .Select(line => line.Split(" = ", 2))
        .ToFrozenDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    private static readonly FrozenDictionary<TicketType, string> TypeKeys = new Dictionary<TicketType, string>
    {
        [TicketType.Bug] = "ask.bug",
        [TicketType.Incident] = "ask.incident",
        [TicketType.Question] = "ask.question",
        [TicketType.FeatureRequest] = "ask.feature_request",
        [TicketType.AccountAccess] = "ask.account_access",
        [TicketType.Billing] = "ask.billing",
        [TicketType.Security] = "ask.security",
        [TicketType.Other] = "ask.other",
    }.ToFrozenDictionary();

    /// <summary>At most 4,000 characters, one hint a line: what was recognised and by what, where to look, what to ask.</summary>
    public static string Write(
        TicketReading reading,
        TypeVerdict kind,
        TicketPriority priority,
        IReadOnlyList<string> reasons,
        IReadOnlyList<string> skills,
        IReadOnlyList<SkillScore> scores,
        bool isVague)
    {
        var notes = new StringBuilder();
        if (isVague) notes.Append("Needs more information: the ticket doesn't say what it is about.\n");
        var recognised = scores.Where(score => score.Evidence.Count > 0).Take(MaxRecognised)
            .Select(score => $"{score.Canonical} ({string.Join(", ", score.Evidence.Take(MaxCues).Select(Readable))})").ToList();
        if (recognised.Count > 0) notes.Append("Recognised: ").AppendJoin("; ", recognised).Append(".\n");
        notes.Append("Taken for ").Append(EnumNames<TicketType>.Of(kind.Type));
        if (kind.Reasons.Count > 0) notes.Append(" by ").AppendJoin(", ", kind.Reasons.Take(MaxCues).Select(Readable));
        notes.Append("; priority ").Append(EnumNames<TicketPriority>.Of(priority));
        if (reasons.Count > 0) notes.Append(" by ").AppendJoin(", ", reasons.Take(MaxCues).Select(Readable));
        notes.Append(".\n");

        var checks = 0;
        foreach (var skill in skills)
        {
            if (checks == MaxChecks) break;
            if (!Hints.TryGetValue($"check.{SkillName.Canonical(skill)}", out var check)) continue;
            notes.Append("First checks (").Append(skill).Append("): ").Append(check).Append('\n');
            checks++;
        }

        notes.Append("Ask, if it isn't there: ").Append(Hints[TypeKeys[kind.Type]]).Append(".\n");
        if (SecretScan.HoldsSecrets(reading.Text)) notes.Append("The text seems to hold a password, card or identity number: don't copy it on, and have a password changed.\n");
        if (reading.WasSteered) notes.Append("The text holds sentences that try to steer its own triage; they were left out.\n");
        return TextLimit.Cut(notes.ToString().TrimEnd('\n'), MaxLength);
    }

    // As people would say it: no wildcards.
    private static string Readable(string cue) => cue.Replace(" .. ", " … ", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal);
}
