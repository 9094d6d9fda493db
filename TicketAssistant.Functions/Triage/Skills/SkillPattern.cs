using System.Text.RegularExpressions;

namespace TicketAssistant.Functions.Triage.Skills;

/// <summary>
/// A pattern instead of a skill's name, written by an admin between slashes: <c>/^(sap|abap)/</c>. It is looked for in the names
/// of the skills that a ticket requires (as required, canonical, and all known aliases; lower case, accents folded), never in
/// the ticket's text. It runs in linear time and only as long as <see cref="Timeout"/>.
/// </summary>
public sealed partial class SkillPattern
{
    private const int MaxRepetitions = 1000;

    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(50);

    private readonly Regex regex;

    private SkillPattern(Regex regex) => this.regex = regex;

    /// <summary>Whether this skill is written as a pattern, a valid one or not.</summary>
    public static bool IsWritten(string skill) => skill.Length > 2 && skill[0] == '/' && skill[^1] == '/';

    /// <summary>Reads a pattern.</summary>
    /// <param name="skill">With its slashes.</param>
    /// <param name="pattern">The pattern when it is one.</param>
    /// <param name="problem">Otherwise what is wrong with it, to be read after the skill's name.</param>
    public static bool TryCreate(string skill, out SkillPattern? pattern, out string? problem)
    {
        (pattern, problem) = (null, null);
        if (!IsWritten(skill))
        {
            problem = "must be written between slashes";
            return false;
        }

        var text = skill[1..^1];
        // "(a{1000}){1000}" is short, and a million states.
        var repetitions = Repetition().Matches(text).Aggregate(1L, (product, match) => Math.Min(int.MaxValue, product * Math.Max(1, Largest(match))));
        if (repetitions > MaxRepetitions)
        {
            problem = $"must not repeat anything more than {MaxRepetitions} times";
            return false;
        }

        try
        {
            pattern = new SkillPattern(new Regex(text, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Timeout));
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // What the reader of the pattern needs is the sentence, not the pattern again.
            problem = e is NotSupportedException ? "uses look-around, back references or atomic groups, which are not supported" : $"is no valid pattern: {e.Message}";
            return false;
        }
    }

    /// <summary>Whether one of the names of a skill fits. A match that takes too long is none.</summary>
    internal bool Matches(IEnumerable<string> names)
    {
        try
        {
            return names.Any(regex.IsMatch);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static long Largest(Match match) =>
        Math.Max(Bound(match.Groups[1].Value), Bound(match.Groups[2].Value));

    private static long Bound(string digits) => digits.Length == 0 ? 0 : digits.Length > 9 ? int.MaxValue : long.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{([0-9]+)(?:,([0-9]*))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Repetition();
}
