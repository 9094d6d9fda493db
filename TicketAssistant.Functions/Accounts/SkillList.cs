using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Triage.Skills;

namespace TicketAssistant.Functions.Accounts;

/// <summary>The rules for a list of skills: those of a person, or those that a ticket asks for.</summary>
internal static class SkillList
{
    /// <summary>Most skills of one person.</summary>
    public const int MaxCount = 50;

    /// <summary>Most characters of one skill.</summary>
    public const int MaxLength = 60;

    /// <summary>The skills each as one clean line, in order, the first spelling of each (case and grade don't matter).</summary>
    /// <param name="skills">As they were given: a name, with <c>:1</c> to <c>:5</c> after it if it is graded.</param>
    /// <param name="field">What the caller calls them.</param>
    /// <param name="maxCount">How many there may be.</param>
    /// <param name="mayBePatterns">Whether a <c>/pattern/</c> may stand for a name: only in what an admin types for a person.</param>
    /// <exception cref="ProblemException">400: too many, an empty or too long one, no such grade, no valid pattern.</exception>
    public static IReadOnlyList<string> Clean(
        IReadOnlyList<string?> skills, string field = "skills", int maxCount = MaxCount, bool mayBePatterns = false)
    {
        if (skills.Count > maxCount) throw ProblemException.Invalid(field, $"must be at most {maxCount}");
        var clean = new List<string>(skills.Count);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < skills.Count; i++)
        {
            var skill = CleanText.Line(skills[i] ?? "");
            if (skill.Length is 0 or > MaxLength) throw ProblemException.Invalid($"{field}[{i}]", $"must have 1 to {MaxLength} visible characters");
            if (SkillClaim.Problem(skill, mayBePatterns) is { } problem) throw ProblemException.Invalid($"{field}[{i}]", problem);
            if (names.Add(SkillClaim.NameOf(skill))) clean.Add(skill);
        }

        return clean;
    }
}
