using System.Collections.Frozen;
using TicketAssistant.Functions.Triage.Offline;

namespace TicketAssistant.Functions.Triage.Skills;

/// <summary>Well-known skills and the other names people give them: <c>canonical = alias | alias</c>, one skill a line.</summary>
internal sealed class SkillAliases
{
    private static volatile SkillAliases current = Parse(EmbeddedTable.Lines("aliases.txt"));

    private readonly FrozenDictionary<string, string> canonicalByName;
    private readonly FrozenDictionary<string, string[]> namesOf;

    private SkillAliases(Dictionary<string, string> canonicalByName, IReadOnlyList<Cue> cues)
    {
        this.canonicalByName = canonicalByName.ToFrozenDictionary(StringComparer.Ordinal);
        namesOf = canonicalByName.GroupBy(entry => entry.Value, entry => entry.Key, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        Cues = cues;
    }

    /// <summary>The table in use: the one that ships with the app, with the team's own words once <see cref="Use"/> has read them.</summary>
    public static SkillAliases Default => current;

    /// <summary>What the team's file says that points to a skill without naming it.</summary>
    public IReadOnlyList<Cue> Cues { get; }

    /// <summary>Every known name, canonical ones included, with its canonical key.</summary>
    public IEnumerable<KeyValuePair<string, string>> Names => canonicalByName;

    /// <summary>Reads a table.</summary>
    /// <exception cref="InvalidOperationException">A name stands for two skills: the table would be ambiguous.</exception>
    public static SkillAliases Parse(IEnumerable<string> lines)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            // " = " with its spaces, so that a name may hold the character itself.
            var parts = line.Split(" = ", 2);
            var canonical = SkillName.Normalize(parts[0]);
            Add(canonical, canonical);
            if (parts.Length < 2) continue;
            foreach (var alias in parts[1].Split('|')) Add(SkillName.Normalize(alias), canonical);
        }

        return new SkillAliases(names, []);

        void Add(string name, string canonical)
        {
            if (!names.TryAdd(name, canonical) && names[name] != canonical)
                throw new InvalidOperationException($"The skill alias '{name}' stands for both '{names[name]}' and '{canonical}'; keep one.");
        }
    }

    /// <summary>
    /// The canonical key of an already normalised name; an unknown one is its own key. A name made of parts that all mean the
    /// same ("TLS/SSL") is that skill.
    /// </summary>
    public string Canonical(string normalized)
    {
        if (canonicalByName.TryGetValue(normalized, out var canonical)) return canonical;
        if (normalized.AsSpan().IndexOfAny('/', '&') < 0) return normalized;
        string? same = null;
        foreach (var part in normalized.Split(['/', '&'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!canonicalByName.TryGetValue(part, out var meant) || (same ??= meant) != meant) return normalized;
        }

        return same ?? normalized;
    }

    /// <summary>Every name of the skill with this key, at least the key itself.</summary>
    public IReadOnlyList<string> NamesOf(string canonical) => namesOf.GetValueOrDefault(canonical) ?? [canonical];

    /// <summary>
    /// Takes a team's own words into the table of this process, in place of what the app's own says of the same names. To be
    /// called at start, before anything asks for a skill.
    /// </summary>
    public static void Use(AliasesFile own) => current = current.With(own);

    /// <summary>This table with a team's own words in place of what it says of the same names.</summary>
    public SkillAliases With(AliasesFile own)
    {
        var names = new Dictionary<string, string>(canonicalByName, StringComparer.Ordinal);
        foreach (var (name, alias) in own.Aliases)
        {
            var canonical = Canonical(name);
            names.TryAdd(canonical, canonical);
            names[alias] = canonical;
        }

        return new SkillAliases(names, [.. own.Cues.Select(cue => new Cue(cue.Phrase, CueKind.Symptom, names.GetValueOrDefault(cue.Name, cue.Name), AliasesFile.CueWeight))]);
    }

    /// <summary>True when the table knows this normalised name.</summary>
    public bool Knows(string normalized) => canonicalByName.ContainsKey(normalized);
}
