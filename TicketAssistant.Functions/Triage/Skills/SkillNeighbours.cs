using System.Collections.Frozen;
using TicketAssistant.Functions.Triage.Offline;

namespace TicketAssistant.Functions.Triage.Skills;

/// <summary>
/// For every skill that a ticket may ask for, those of the team's skills that come next to it: by the table of neighbours, over
/// at most one skill that nobody has, and by name ("label printers" is next to printers). Immutable; built once a directory
/// version, so that a ticket costs one look-up.
/// </summary>
internal sealed class SkillNeighbours
{
    private const double Composite = 0.85;
    private const double Least = 0.3;
    private const int LongestPart = 3;

    private static readonly FrozenDictionary<string, (string Name, double Weight)[]> Table = WeightTable.Read("related.txt");

    private readonly FrozenDictionary<string, (string Name, double Weight)[]> neighbours;

    /// <summary>Finds the neighbours among <paramref name="owned"/>, the canonical keys of what moderators have.</summary>
    public SkillNeighbours(IReadOnlyCollection<string> owned)
    {
        var has = owned.ToHashSet(StringComparer.Ordinal);
        var composites = owned
            .Where(key => !SkillAliases.Default.Knows(key))
            .SelectMany(key => PartsOf(key).Select(part => (Part: part, Own: key)))
            .ToLookup(pair => pair.Part, pair => pair.Own, StringComparer.Ordinal);
        var all = new Dictionary<string, (string Name, double Weight)[]>(StringComparer.Ordinal);
        foreach (var key in Table.Keys.Concat(composites.Select(group => group.Key)).Distinct(StringComparer.Ordinal))
        {
            var found = new Dictionary<string, double>(StringComparer.Ordinal);
            Reach(key, 1, steps: 2);
            found.Remove(key);
            if (found.Count > 0) all[key] = [.. found.Select(entry => (entry.Key, entry.Value)).OrderByDescending(n => n.Value).ThenBy(n => n.Key, StringComparer.Ordinal)];

            void Reach(string from, double weight, int steps)
            {
                foreach (var own in composites[from]) Offer(own, weight * Composite);
                if (!Table.TryGetValue(from, out var next)) return;
                foreach (var (name, share) in next)
                {
                    if (has.Contains(name)) Offer(name, weight * share);
                    else if (steps > 1) Reach(name, weight * share, steps - 1);
                }
            }

            void Offer(string name, double weight)
            {
                if (weight >= Least && weight > found.GetValueOrDefault(name)) found[name] = weight;
            }
        }

        neighbours = all.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The team's skills next to this one, closest first, each with its share from 0 to 1.</summary>
    public IReadOnlyList<(string Name, double Weight)> Of(string canonical) => neighbours.GetValueOrDefault(canonical) ?? [];

    // The known skills that a longer name is made of: "windows server patching" holds "windows server".
    private static IEnumerable<string> PartsOf(string key)
    {
        var words = key.Split([' ', '/', '&', ','], StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
        {
            for (var length = Math.Min(LongestPart, words.Length - i); length > 0; length--)
            {
                var part = string.Join(' ', words, i, length);
                if (!SkillAliases.Default.Knows(part)) continue;
                var canonical = SkillAliases.Default.Canonical(part);
                if (canonical != SkillVocabulary.GeneralSupport) yield return canonical;
                i += length - 1;
                break;
            }
        }
    }
}
