using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Triage.Routing;

/// <summary>
/// Decides who would do for a ticket and how well. Pure: it knows skills only; who of the best is free, least loaded and
/// longest idle is settled by the store in the atomic step that claims.
/// </summary>
public static class AssignmentPlanner
{
    /// <summary>What an analyser asks for when it can't tell: nobody's skill, so an admin decides.</summary>
    public const string GeneralSupport = "general support";

    // 840 / n is whole for n = 1..8: equally good candidates compare equal, and earlier skills weigh more.
    private const int Unit = 840;
    private const int MaxSkills = 8;
    private const int MaxNamedSkills = 5;

    /// <summary>
    /// Moderators with at least one of <paramref name="requiredSkills"/>, grouped by how much they cover, best group first.
    /// The n-th skill weighs 1/n. Empty when no skill is required or nobody has one: then it is the admins' ticket.
    /// </summary>
    public static IReadOnlyList<AssignmentTier> ForModerators(IReadOnlyList<string> requiredSkills, SkillIndex index)
    {
        var required = Required(requiredSkills);
        if (required.Count == 0) return [];

        var profiles = new ProfileTable();
        var profileOf = new int[index.Moderators.Length];
        for (var i = 0; i < required.Count; i++)
        {
            foreach (var posting in index.Find(required[i].Canonical)) profiles.Extend(profileOf, posting, Unit / (i + 1));
        }

        if (profiles.Count == 1) return [];
        return Group(index, profileOf, profiles, required);
    }

    /// <summary>
    /// All admins as one group, with the reason why it is theirs: no skill required, nobody has one, or (when
    /// <see cref="ForModerators"/> finds somebody) nobody was free within the priority's limit. Empty without admins.
    /// </summary>
    public static IReadOnlyList<AssignmentTier> ForAdmins(IReadOnlyList<string> requiredSkills, SkillIndex index)
    {
        if (index.Admins.Length == 0) return [];

        var required = Required(requiredSkills);
        var names = Names(required);
        var candidates = required.SelectMany(skill => index.Find(skill.Canonical)).SelectMany(posting => posting.Members).Distinct().Count();
        var reason = (required.Count, candidates) switch
        {
            (0, _) => "No particular skill is required, so an admin decides.",
            (_, 0) => $"No moderator has {names}, so an admin decides.",
            (_, 1) => $"The only moderator with {names} was away or full beyond the limit for its priority, so an admin decides.",
            _ => $"All {candidates} moderators with {names} were away or full beyond the limit for its priority, so an admin decides.",
        };
        var assignment = new TicketAssignment(reason, [], candidates);
        return [new AssignmentTier([.. index.Admins.Select(admin => new AssignmentCandidate(admin, assignment))])];
    }

    private static List<(string Canonical, string Written)> Required(IReadOnlyList<string> skills) =>
        [.. skills
            .Select(skill => (Canonical: SkillName.Canonical(skill), Written: skill))
            .Where(skill => skill.Canonical.Length > 0 && skill.Canonical != GeneralSupport)
            .DistinctBy(skill => skill.Canonical, StringComparer.Ordinal)
            .Take(MaxSkills)];

    private static string Names(List<(string Canonical, string Written)> required)
    {
        var named = required.Take(MaxNamedSkills).Select(skill => skill.Written).ToList();
        if (required.Count > named.Count) return $"{string.Join(", ", named)} or {required.Count - named.Count} more";
        return named.Count < 2 ? string.Concat(named) : $"{string.Join(", ", named[..^1])} or {named[^1]}";
    }

    private static List<AssignmentTier> Group(
        SkillIndex index, int[] profileOf, ProfileTable profiles, List<(string Canonical, string Written)> required)
    {
        var total = profileOf.Count(profile => profile != 0);
        var byScore = new SortedDictionary<int, List<AssignmentCandidate>>(Comparer<int>.Create((a, b) => b.CompareTo(a)));
        var groups = new (TicketAssignment Assignment, List<AssignmentCandidate> Candidates)?[profiles.Count];
        for (var position = 0; position < profileOf.Length; position++)
        {
            var profile = profileOf[position];
            if (profile == 0) continue;
            if (groups[profile] is not { } group)
            {
                var (skills, score) = profiles[profile];
                if (!byScore.TryGetValue(score, out var candidates)) byScore[score] = candidates = [];
                groups[profile] = group = (Explain(skills, required.Count, total), candidates);
            }

            group.Candidates.Add(new AssignmentCandidate(index.Moderators[position], group.Assignment));
        }

        var full = required.Select((_, i) => Unit / (i + 1)).Sum();
        return [.. byScore.Select(group => new AssignmentTier(group.Value, (double)group.Key / full))];
    }

    private static TicketAssignment Explain(string[] matched, int required, int total)
    {
        var people = total == 1 ? "1 person fits" : $"{total} people fit";
        var reason = $"Covers {matched.Length} of {required} required {(required == 1 ? "skill" : "skills")} ({string.Join(", ", matched)}); {people} at least one.";
        return new TicketAssignment(reason, matched, total);
    }

    /// <summary>
    /// People who match in the same skills, written the same way, share one profile and so one explanation: ten thousand
    /// candidates cost a handful of strings.
    /// </summary>
    private sealed class ProfileTable
    {
        private readonly List<(string[] Skills, int Score)> profiles = [([], 0)];

        public int Count => profiles.Count;

        public (string[] Skills, int Score) this[int profile] => profiles[profile];

        public void Extend(int[] profileOf, SkillIndex.Posting posting, int weight)
        {
            var successor = new int[profiles.Count];
            foreach (var member in posting.Members)
            {
                var before = profileOf[member];
                if (successor[before] == 0)
                {
                    successor[before] = profiles.Count;
                    var (skills, score) = profiles[before];
                    profiles.Add(([.. skills, posting.Spelling], score + weight));
                }

                profileOf[member] = successor[before];
            }
        }
    }
}
