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
    private readonly FrozenDictionary<string, string> spellings;
    private readonly Lazy<CueMatcher> ownNames;
    private readonly Lazy<SkillNeighbours> neighbours;

    private SkillVocabulary(Dictionary<string, string> spellings)
    {
        this.spellings = spellings.ToFrozenDictionary(StringComparer.Ordinal);
        Spellings = [.. spellings.Values.Order(StringComparer.OrdinalIgnoreCase).ThenBy(s => s, StringComparer.Ordinal)];
        ownNames = new(() => SkillMentions.ForUnknown(spellings.Keys));
        neighbours = new(() => new SkillNeighbours(spellings.Keys));
    }

    /// <summary>What an analyser asks for when it can't tell: nobody's skill, so an admin decides.</summary>
    internal const string GeneralSupport = "general support";

    /// <summary>Nobody has any skill.</summary>
    public static SkillVocabulary Empty { get; } = new([]);

    /// <summary>Each skill once, as most moderators write it, in alphabetical order.</summary>
    public IReadOnlyList<string> Spellings { get; }

    /// <summary>Finds names in text that the built-in tables don't know.</summary>
    internal CueMatcher OwnNames => ownNames.Value;

    /// <summary>Which of the team's skills come next to one that is asked for.</summary>
    internal SkillNeighbours Neighbours => neighbours.Value;

    /// <summary>Collects the skills of the moderators among <paramref name="staff"/>.</summary>
    public static SkillVocabulary Build(IEnumerable<User> staff)
    {
        var counts = new Dictionary<string, Dictionary<string, int>>(StringComparer.Ordinal);
        foreach (var skill in staff.Where(person => person.Role == Role.Moderator).SelectMany(person => person.Skills))
        {
            var key = SkillName.Canonical(skill);
            if (key.Length == 0) continue;
            if (!counts.TryGetValue(key, out var bySpelling)) counts[key] = bySpelling = new(StringComparer.Ordinal);
            bySpelling[skill] = bySpelling.GetValueOrDefault(skill) + 1;
        }

        return new SkillVocabulary(counts.ToDictionary(
            entry => entry.Key,
            entry => entry.Value.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).First().Key,
            StringComparer.Ordinal));
    }

    /// <summary>How moderators write the skill that <paramref name="name"/> names; false when none of them has it.</summary>
    public bool TryFind(string name, out string spelling)
    {
        spelling = spellings.GetValueOrDefault(SkillName.Canonical(name), "");
        return spelling.Length > 0;
    }

    /// <summary>The same for a key that already is canonical; null when no moderator has it.</summary>
    internal string? SpellingOf(string canonical) => spellings.GetValueOrDefault(canonical);
}
