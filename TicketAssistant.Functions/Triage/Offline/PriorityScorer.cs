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
    private const string People = "people";
    private const string Local = "local";
    private const double Team = 0.6;
    private const int Some = 8;
    private const int Hundreds = 100;
    private const int MaxCount = 1_000_000;

    /// <summary>The priority of a ticket of this kind.</summary>
    public static PriorityVerdict Decide(TicketReading reading, TicketType type)
    {
        var reasons = new Dictionary<string, Cue>(StringComparer.Ordinal);
        var isLocal = false;
        foreach (var finding in reading.Find(CueKind.Priority))
        {
            if (finding.Cue.Section is Local)
            {
                isLocal = true;
                continue;
            }

            if (finding.Cue.Section is People)
            {
                if (Counted(reading.Text.Text, finding.Start) is var many && many > 0)
                {
                    isLocal |= many < Hundreds;
                    Keep(finding.Cue with { Phrase = $"{many} {finding.Cue.Phrase}", Section = "breadth", Weight = many >= Hundreds ? 1 : Team });
                }

                continue;
            }

            if (finding.Cue.Section is "outage" or "blocked" && reading.IsPreceded($"not.{reading.Language ?? "en"}", finding, words: 1)) continue;
            Keep(finding.Cue);
        }

        // "Nobody can", said of a team or of some tens of people, is not everybody.
        if (reasons.Remove("nobody", out var nobody)) Keep(nobody with { Section = "breadth", Weight = isLocal ? Team : nobody.Weight });

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
        return new PriorityVerdict(priority, [.. named], isGrave, reasons.ToDictionary(entry => entry.Key, entry => entry.Value.Weight, StringComparer.Ordinal));

        void Keep(Cue cue)
        {
            if (!reasons.TryGetValue(cue.Section, out var strongest) || Math.Abs(cue.Weight) > Math.Abs(strongest.Weight)) reasons[cue.Section] = cue;
        }
    }

    // The number right before "users", "人" and the like, or 0 when there is none worth counting.
    private static int Counted(string text, int end)
    {
        var at = end - 1;
        if (at >= 0 && text[at] == ' ') at--;
        var (number, unit) = (0, 1);
        for (; at >= 0 && (char.IsAsciiDigit(text[at]) || text[at] is ',' or '.'); at--)
        {
            if (!char.IsAsciiDigit(text[at])) continue;
            if (unit > MaxCount) return 0;
            number += (text[at] - '0') * unit;
            unit *= 10;
        }

        return number >= Some ? number : 0;
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
        var isWide = breadth > Team && type is not TicketType.Bug;
        return isWide || damage >= 2 ? score : Math.Min(score, UrgentFrom - 0.01);
    }
}
