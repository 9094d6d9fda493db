using System.Collections.Frozen;

namespace TicketAssistant.Functions.Triage.Skills;

/// <summary>Well-known skills and the other names people give them: <c>canonical = alias | alias</c>, one skill a line.</summary>
internal sealed class SkillAliases
{
    private readonly FrozenDictionary<string, string> canonicalByName;

    private SkillAliases(Dictionary<string, string> canonicalByName) => this.canonicalByName = canonicalByName.ToFrozenDictionary();

    /// <summary>The table that ships with the app.</summary>
    public static SkillAliases Default { get; } = Parse(EmbeddedTable.Lines("aliases.txt"));

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

        return new SkillAliases(names);

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

    /// <summary>True when the table knows this normalised name.</summary>
    public bool Knows(string normalized) => canonicalByName.ContainsKey(normalized);
}
