using System.Collections.Frozen;
using System.Text;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>Writes the hints for the assignee: what was recognised, where to look first, what to ask.</summary>
internal static class NotesWriter
{
    private const int MaxLength = 4000;
    private const int MaxChecks = 2;

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

    /// <summary>At most 4,000 characters, one hint a line.</summary>
    public static string Write(TicketReading reading, TicketType type, IReadOnlyList<string> skills, IReadOnlyList<SkillScore> scores, bool isVague)
    {
        var notes = new StringBuilder();
        if (isVague) notes.Append("Needs more information: the ticket doesn't say what it is about.\n");
        var evidence = scores.SelectMany(score => score.Evidence.Take(2)).Distinct().Take(6).Select(phrase => phrase.Replace(" .. ", " … ", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal));
        if (scores.Count > 0) notes.Append("Recognised: ").AppendJoin(", ", evidence).Append(".\n");

        var checks = 0;
        foreach (var skill in skills)
        {
            if (checks == MaxChecks) break;
            if (!Hints.TryGetValue($"check.{SkillName.Canonical(skill)}", out var check)) continue;
            notes.Append("First checks (").Append(skill).Append("): ").Append(check).Append('\n');
            checks++;
        }

        notes.Append("Ask, if it isn't there: ").Append(Hints[TypeKeys[type]]).Append(".\n");
        if (SecretScan.HoldsSecrets(reading.Text)) notes.Append("The text seems to hold a password, card or identity number: don't copy it on, and have a password changed.\n");
        if (reading.WasSteered) notes.Append("The text holds sentences that try to steer its own triage; they were left out.\n");
        return TextLimit.Cut(notes.ToString().TrimEnd('\n'), MaxLength);
    }
}
