using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Accounts;

/// <summary>The rules for a list of skills: those of a person, or those that a ticket asks for.</summary>
internal static class SkillList
{
    /// <summary>Most skills of one person.</summary>
    public const int MaxCount = 50;

    /// <summary>Most characters of one skill.</summary>
    public const int MaxLength = 60;

    /// <summary>The skills each as one clean line, in order, the first spelling of each (case doesn't matter).</summary>
    /// <param name="skills">As they were given.</param>
    /// <param name="field">What the caller calls them.</param>
    /// <param name="maxCount">How many there may be.</param>
    /// <exception cref="ProblemException">400: too many, or an empty or too long one.</exception>
    public static IReadOnlyList<string> Clean(IReadOnlyList<string?> skills, string field = "skills", int maxCount = MaxCount)
    {
        if (skills.Count > maxCount) throw ProblemException.Invalid(field, $"must be at most {maxCount}");
        var clean = new List<string>(skills.Count);
        for (var i = 0; i < skills.Count; i++)
        {
            var skill = CleanText.Line(skills[i] ?? "");
            if (skill.Length is 0 or > MaxLength) throw ProblemException.Invalid($"{field}[{i}]", $"must have 1 to {MaxLength} visible characters");
            if (!clean.Contains(skill, StringComparer.OrdinalIgnoreCase)) clean.Add(skill);
        }

        return clean;
    }
}
