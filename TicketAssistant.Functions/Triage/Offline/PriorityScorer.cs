using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>
/// Decides how soon a ticket needs a person, from what happened to whom. How loudly it is asked for changes nothing: capitals
/// and exclamation marks are not read, and "urgent" is no cue.
/// </summary>
internal static class PriorityScorer
{
    private const double MediumFrom = 0.75;
    private const double HighFrom = 1.75;
    private const double UrgentFrom = 2.75;

    /// <summary>The priority of a ticket of this kind.</summary>
    public static PriorityVerdict Decide(TicketReading reading, TicketType type)
    {
        var reasons = new Dictionary<string, Cue>(StringComparer.Ordinal);
        foreach (var finding in reading.Find(CueKind.Priority))
        {
            if (finding.Cue.Section is "outage" or "blocked" && reading.IsPreceded($"not.{reading.Language ?? "en"}", finding, words: 1)) continue;
            if (!reasons.TryGetValue(finding.Cue.Section, out var strongest) || Math.Abs(finding.Cue.Weight) > Math.Abs(strongest.Weight))
                reasons[finding.Cue.Section] = finding.Cue;
        }

        var score = Score(type, reason => reasons.TryGetValue(reason, out var cue) ? cue.Weight : 0);
        var priority = score < MediumFrom ? TicketPriority.Low
            : score < HighFrom ? TicketPriority.Medium
            : score < UrgentFrom ? TicketPriority.High
            : TicketPriority.Urgent;
        var isGrave = reasons.Values.Any(cue => cue.Section switch
        {
            "breadth" => cue.Weight >= 1,
            "loss" or "breach" or "harm" => cue.Weight >= 2,
            _ => false,
        });
        var named = reasons.Values
            .Where(cue => cue.Weight != 0)
            .OrderByDescending(cue => Math.Abs(cue.Weight)).ThenBy(cue => cue.Section, StringComparer.Ordinal)
            .Select(cue => $"{cue.Section} ({cue.Phrase})");
        return new PriorityVerdict(priority, [.. named], isGrave);
    }

    private static double Score(TicketType type, Func<string, double> reason)
    {
        var (outage, blocked, breadth) = (reason("outage"), reason("blocked"), reason("breadth"));
        var (loss, breach, harm) = (reason("loss"), reason("breach"), reason("harm"));
        var damage = Math.Max(loss, Math.Max(breach, harm));
        var impact = Math.Max(outage, blocked);

        // A request is not made pressing by words that would make a failure so.
        if (type is TicketType.FeatureRequest) return 0.2;
        if (type is TicketType.Question && damage < 2)
            return 0.6 + 0.5 * impact + 0.3 * Math.Max(0, reason("deadline")) - 0.5 * reason("calm") - 0.3 * reason("workaround");

        var score = type switch
        {
            TicketType.Incident => 1.5,
            TicketType.Security => 1.5,
            TicketType.AccountAccess => 1.1,
            TicketType.Billing => 0.95,
            TicketType.Bug => 1.3,
            _ => 0.7,
        };
        score += 0.6 * outage + 0.75 * blocked + 0.9 * damage;
        // How many are hit matters once something is down or lost.
        score += breadth * (impact > 0 || damage > 0 ? 0.7 : 0.2);
        score += 0.5 * reason("money") + 0.45 * Math.Max(0, reason("deadline")) + 0.35 * reason("growing");
        score -= 0.5 * reason("workaround") + 0.9 * reason("calm");
        // Urgent is for many people or for lasting damage. One program's fault that stops everybody reads as an incident.
        var isWide = breadth > 0 && type is not TicketType.Bug;
        return isWide || damage >= 2 ? score : Math.Min(score, UrgentFrom - 0.01);
    }
}
