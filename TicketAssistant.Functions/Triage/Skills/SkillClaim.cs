namespace TicketAssistant.Functions.Triage.Skills;

/// <summary>
/// What a person can do, as it was written: a skill's name or an admin's pattern, and how well. <c>Kubernetes:5</c> is the
/// highest grade, <c>Kubernetes:1</c> the lowest; without a grade it is the middle one, 3.
/// </summary>
/// <param name="Name">The name, or the pattern with its slashes; without the grade.</param>
/// <param name="Grade">1 to 5.</param>
/// <param name="Pattern">The pattern when it is one.</param>
public sealed record SkillClaim(string Name, int Grade, SkillPattern? Pattern)
{
    /// <summary>The lowest grade.</summary>
    public const int LowestGrade = 1;

    /// <summary>What a skill without a grade has.</summary>
    public const int MiddleGrade = 3;

    /// <summary>The highest grade.</summary>
    public const int HighestGrade = 5;

    /// <summary>Reads a stored skill. Never fails: a grade or pattern that isn't one is part of the name.</summary>
    public static SkillClaim Parse(string skill)
    {
        var (name, grade) = Split(skill);
        if (grade is 0) return new SkillClaim(skill, MiddleGrade, null);
        SkillPattern.TryCreate(name, out var pattern, out _);
        return new SkillClaim(name, grade, pattern);
    }

    /// <summary>What a person reads: the skill without its grade.</summary>
    public static string NameOf(string skill) => Split(skill) is { Grade: not 0 } parts ? parts.Name : skill;

    /// <summary>What is wrong with a skill that somebody types, or null.</summary>
    /// <param name="skill">One clean line.</param>
    /// <param name="mayBePattern">Whether who types it may use patterns: admins.</param>
    public static string? Problem(string skill, bool mayBePattern)
    {
        var (name, grade) = Split(skill);
        if (grade is 0) return $"has a grade that isn't one from {LowestGrade} to {HighestGrade}";
        if (SkillName.Normalize(name).Length == 0) return "must have a name";
        if (!SkillPattern.IsWritten(name)) return null;
        if (!mayBePattern) return "must not be a pattern";
        return SkillPattern.TryCreate(name, out _, out var problem) ? null : problem;
    }

    // One digit after the last colon is a grade; 0 says that it is none. "ISO 9001:2015" has no grade.
    private static (string Name, int Grade) Split(string skill)
    {
        if (skill.Length < 3 || skill[^2] != ':' || !char.IsAsciiDigit(skill[^1])) return (skill, MiddleGrade);
        var grade = skill[^1] - '0';
        return (skill[..^2].TrimEnd(), grade is >= LowestGrade and <= HighestGrade ? grade : 0);
    }
}
