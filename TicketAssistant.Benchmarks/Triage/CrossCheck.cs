using TicketAssistant.Functions.Triage.Offline;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Benchmarks.Triage;

/// <summary>
/// An honest guess of what tables that were written by hand are worth on tickets that nobody has seen. The tickets are dealt
/// into folds; each fold is judged without the entries that occur in its tickets and in no other's: whatever may have been
/// written for one of them alone is gone. The names of skills stay, they are public knowledge. What is general but rare in this
/// set goes, too, so the result is on the low side.
/// </summary>
internal static class CrossCheck
{
    /// <summary>Judges every ticket with the tables of its fold, in the order of the file.</summary>
    /// <param name="tickets">All tickets.</param>
    /// <param name="folds">How many folds.</param>
    /// <param name="judge">Judges one ticket with these tables.</param>
    public static List<T> Run<T>(IReadOnlyList<LabelledTicket> tickets, int folds, Func<LabelledTicket, CueMatcher, T> judge)
    {
        var support = new Dictionary<Cue, HashSet<int>>();
        for (var i = 0; i < tickets.Count; i++)
        {
            var text = Tokenizer.Read(tickets[i].Title, tickets[i].Description).Text;
            foreach (var match in CueTables.Matcher.Find(text))
            {
                if (!support.TryGetValue(match.Cue, out var foldsOfCue)) support[match.Cue] = foldsOfCue = [];
                foldsOfCue.Add(i % folds);
            }
        }

        var matchers = Enumerable.Range(0, folds).Select(fold => new CueMatcher(
        [
            .. CueTables.Names(SkillAliases.Default),
            .. CueTables.Cues.Where(cue => !support.TryGetValue(cue, out var foundIn) || !foundIn.SetEquals([fold])),
        ])).ToArray();
        return [.. tickets.Select((ticket, i) => judge(ticket, matchers[i % folds]))];
    }
}
