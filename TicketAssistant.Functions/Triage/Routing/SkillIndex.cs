using System.Collections.Concurrent;
using System.Collections.Frozen;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Routing;

/// <summary>
/// Who has which skill, ready to be asked for every ticket. Immutable; build one per directory version and keep it. Who is
/// away or full is not its business: the store decides that when it claims.
/// </summary>
public sealed class SkillIndex
{
    private const int MaxRemembered = 4096;

    private readonly FrozenDictionary<string, Posting[]> postings;
    private readonly PatternPosting[] patterns;
    private readonly ConcurrentDictionary<string, Posting[]> withPatterns = new(StringComparer.Ordinal);

    private SkillIndex(Guid[] moderators, Guid[] admins, FrozenDictionary<string, Posting[]> postings, PatternPosting[] patterns)
    {
        Moderators = moderators;
        Admins = admins;
        this.postings = postings;
        this.patterns = patterns;
    }

    /// <summary>All moderators by id; a posting's members are positions in this list.</summary>
    internal Guid[] Moderators { get; }

    /// <summary>All admins by id.</summary>
    internal Guid[] Admins { get; }

    /// <summary>Indexes <paramref name="staff"/>; plain users in it are ignored.</summary>
    public static SkillIndex Build(IReadOnlyList<User> staff)
    {
        var moderators = staff.Where(person => person.Role == Role.Moderator).OrderBy(person => person.Id).ToArray();
        var members = new Dictionary<(string Canonical, string Spelling, int Grade), List<int>>();
        var byPattern = new Dictionary<(string Pattern, int Grade), (SkillPattern Pattern, List<int> Members)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var position = 0; position < moderators.Length; position++)
        {
            seen.Clear();
            foreach (var claim in moderators[position].Skills.Select(SkillClaim.Parse))
            {
                if (claim.Pattern is { } pattern)
                {
                    if (!byPattern.TryGetValue((claim.Name, claim.Grade), out var found)) byPattern[(claim.Name, claim.Grade)] = found = (pattern, []);
                    found.Members.Add(position);
                    continue;
                }

                var canonical = SkillName.Canonical(claim.Name);
                if (canonical.Length == 0 || !seen.Add(canonical)) continue;
                if (!members.TryGetValue((canonical, claim.Name, claim.Grade), out var list)) members[(canonical, claim.Name, claim.Grade)] = list = [];
                list.Add(position);
            }
        }

        return new SkillIndex(
            [.. moderators.Select(person => person.Id)],
            [.. staff.Where(person => person.Role == Role.Admin).Select(person => person.Id).Order()],
            members
                .GroupBy(entry => entry.Key.Canonical, entry => new Posting(entry.Key.Spelling, entry.Key.Grade, [.. entry.Value]), StringComparer.Ordinal)
                .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal),
            [.. byPattern
                .OrderByDescending(entry => entry.Key.Grade).ThenBy(entry => entry.Key.Pattern, StringComparer.Ordinal)
                .Select(entry => new PatternPosting(entry.Value.Pattern, entry.Key.Grade, [.. entry.Value.Members]))]);
    }

    /// <summary>
    /// Who has the skill with this canonical key, one posting for each way of writing and grading it; nobody is in two. A name
    /// goes before a pattern, and of a person's patterns the one with the highest grade counts.
    /// </summary>
    internal IReadOnlyList<Posting> Find(string canonical)
    {
        var named = postings.GetValueOrDefault(canonical) ?? [];
        if (patterns.Length == 0) return named;
        if (withPatterns.TryGetValue(canonical, out var known)) return known;

        var all = AddPatterns(canonical, named);
        // A model may make up any number of names.
        if (withPatterns.Count < MaxRemembered) withPatterns.TryAdd(canonical, all);
        return all;
    }

    private Posting[] AddPatterns(string canonical, Posting[] named)
    {
        var names = SkillAliases.Default.NamesOf(canonical);
        var taken = named.SelectMany(posting => posting.Members).ToHashSet();
        var all = named.ToList();
        foreach (var pattern in patterns)
        {
            if (!pattern.Pattern.Matches(names)) continue;
            int[] members = [.. pattern.Members.Where(taken.Add)];
            if (members.Length > 0) all.Add(new Posting(null, pattern.Grade, members));
        }

        return [.. all];
    }

    /// <summary>Those who write and grade a skill in one way.</summary>
    /// <param name="Spelling">As they write it; null for those whose pattern fits it, who have it as the ticket calls it.</param>
    /// <param name="Grade">1 to 5.</param>
    /// <param name="Members">Positions in <see cref="Moderators"/>, ascending.</param>
    internal sealed record Posting(string? Spelling, int Grade, int[] Members);

    private sealed record PatternPosting(SkillPattern Pattern, int Grade, int[] Members);
}
