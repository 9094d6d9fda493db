using System.Collections.Concurrent;
using System.Collections.Frozen;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Triage.Offline;

namespace TicketAssistant.Functions.Triage.Skills;

/// <summary>
/// The skills that moderators have: what an analyser may ask for and get somebody. Immutable; build one per directory
/// version and keep it.
/// </summary>
public sealed class SkillVocabulary
{
    private const int MaxRemembered = 4096;

    private readonly FrozenDictionary<string, string> spellings;
    private readonly Lazy<CueMatcher> ownNames;
    private readonly Lazy<SkillNeighbours> neighbours;

    private readonly SkillPattern[] patterns;
    private readonly ConcurrentDictionary<string, bool> byPattern = new(StringComparer.Ordinal);

    private SkillVocabulary(Dictionary<string, string> spellings, SkillPattern[] patterns)
    {
        this.patterns = patterns;
        this.spellings = spellings.ToFrozenDictionary(StringComparer.Ordinal);
        Spellings = [.. spellings.Values.Order(StringComparer.OrdinalIgnoreCase).ThenBy(s => s, StringComparer.Ordinal)];
        ownNames = new(() => SkillMentions.ForUnknown(spellings.Keys));
        neighbours = new(() => new SkillNeighbours(spellings.Keys));
    }

    /// <summary>What an analyser asks for when it can't tell: nobody's skill, so an admin decides.</summary>
    internal const string GeneralSupport = "general support";

    /// <summary>Nobody has any skill.</summary>
    public static SkillVocabulary Empty { get; } = new([], []);

    /// <summary>Each skill once, as most moderators write it, without grades and patterns, in alphabetical order.</summary>
    public IReadOnlyList<string> Spellings { get; }

    /// <summary>Finds names in text that the built-in tables don't know.</summary>
    internal CueMatcher OwnNames => ownNames.Value;

    /// <summary>Which of the team's skills come next to one that is asked for.</summary>
    internal SkillNeighbours Neighbours => neighbours.Value;

    /// <summary>Collects the skills of the moderators among <paramref name="staff"/>.</summary>
    public static SkillVocabulary Build(IEnumerable<User> staff)
    {
        var counts = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        var patterns = new Dictionary<string, SkillPattern>(StringComparer.Ordinal);
        foreach (var written in staff.Where(person => person.Role == Role.Moderator).SelectMany(person => person.Skills))
        {
            var claim = SkillClaim.Parse(written);
            if (claim.Pattern is not null)
            {
                patterns[claim.Name] = claim.Pattern;
                continue;
            }

            var skill = claim.Name;
            var key = SkillName.Canonical(skill);
            if (key.Length == 0) continue;
            if (!counts.TryGetValue(key, out var bySpelling)) counts[key] = bySpelling = new(StringComparer.Ordinal);
            bySpelling[skill] = bySpelling.GetValueOrDefault(skill) + 1;
        }

        return new SkillVocabulary(counts.ToDictionary(
            entry => entry.Key,
            entry => entry.Value.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).First().Key,
            StringComparer.Ordinal), [.. patterns.Values]);
    }

    /// <summary>
    /// How moderators write the skill that <paramref name="name"/> names; its usual name where only a moderator's pattern fits
    /// it. False when none of them has it.
    /// </summary>
    public bool TryFind(string name, out string spelling)
    {
        spelling = SpellingOf(SkillName.Canonical(name)) ?? "";
        return spelling.Length > 0;
    }

    /// <summary>The same for a key that already is canonical; null when no moderator has it.</summary>
    internal string? SpellingOf(string canonical) =>
        spellings.TryGetValue(canonical, out var spelling) ? spelling : patterns.Length > 0 && FitsPattern(canonical) ? canonical : null;

    private bool FitsPattern(string canonical)
    {
        if (canonical.Length == 0 || canonical == GeneralSupport) return false;
        if (byPattern.TryGetValue(canonical, out var fits)) return fits;
        var names = SkillAliases.Default.NamesOf(canonical);
        fits = Array.Exists(patterns, pattern => pattern.Matches(names));
        // A model may make up any number of names.
        if (byPattern.Count < MaxRemembered) byPattern.TryAdd(canonical, fits);
        return fits;
    }
}
