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
    private readonly FrozenDictionary<string, Posting[]> postings;

    private SkillIndex(Guid[] moderators, Guid[] admins, FrozenDictionary<string, Posting[]> postings)
    {
        Moderators = moderators;
        Admins = admins;
        this.postings = postings;
    }

    /// <summary>All moderators by id; a posting's members are positions in this list.</summary>
    internal Guid[] Moderators { get; }

    /// <summary>All admins by id.</summary>
    internal Guid[] Admins { get; }

    /// <summary>Indexes <paramref name="staff"/>; plain users in it are ignored.</summary>
    public static SkillIndex Build(IReadOnlyList<User> staff)
    {
        var moderators = staff.Where(person => person.Role == Role.Moderator).OrderBy(person => person.Id).ToArray();
        var members = new Dictionary<(string Canonical, string Spelling), List<int>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var position = 0; position < moderators.Length; position++)
        {
            seen.Clear();
            foreach (var skill in moderators[position].Skills)
            {
                var canonical = SkillName.Canonical(skill);
                if (canonical.Length == 0 || !seen.Add(canonical)) continue;
                if (!members.TryGetValue((canonical, skill), out var list)) members[(canonical, skill)] = list = [];
                list.Add(position);
            }
        }

        return new SkillIndex(
            [.. moderators.Select(person => person.Id)],
            [.. staff.Where(person => person.Role == Role.Admin).Select(person => person.Id).Order()],
            members
                .GroupBy(entry => entry.Key.Canonical, entry => new Posting(entry.Key.Spelling, [.. entry.Value]), StringComparer.Ordinal)
                .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal));
    }

    /// <summary>Who has the skill with this canonical key, one posting for each way of writing it.</summary>
    internal IReadOnlyList<Posting> Find(string canonical) => postings.GetValueOrDefault(canonical) ?? [];

    /// <summary>Those who write a skill in one way.</summary>
    /// <param name="Spelling">As they write it.</param>
    /// <param name="Members">Positions in <see cref="Moderators"/>, ascending.</param>
    internal sealed record Posting(string Spelling, int[] Members);
}
