using System.Text;

namespace TicketAssistant.Functions.Triage.Skills;

/// <summary>
/// Skills are compared by canonical key: two spellings name the same skill exactly when their keys are equal. Nothing is ever
/// matched by substring or pattern, so Java is not JavaScript and C is neither C++ nor C#.
/// </summary>
public static class SkillName
{
    /// <summary>The longest skill that people may type, in characters.</summary>
    public const int MaxLength = 60;

    /// <summary>
    /// The key of <paramref name="name"/>: folded (case, width, accents), spaces and hyphens made one, then looked up in the
    /// alias table. The characters that tell C, C++, C#, .NET, Node.js and CI/CD apart are kept. Empty when nothing is left.
    /// </summary>
    public static string Canonical(string name) => SkillAliases.Default.Canonical(Normalize(name));

    /// <summary>Makes a typed skill presentable: trimmed, inner whitespace collapsed.</summary>
    /// <returns>False when nothing is left, it is longer than <see cref="MaxLength"/>, or it holds control characters.</returns>
    public static bool TryClean(string? raw, out string cleaned)
    {
        cleaned = "";
        if (string.IsNullOrWhiteSpace(raw) || raw.Length > 10 * MaxLength) return false;

        var text = new StringBuilder(raw.Length);
        foreach (var c in raw.AsSpan().Trim())
        {
            if (char.IsControl(c)) return false;
            if (!char.IsWhiteSpace(c)) text.Append(c);
            else if (text[^1] != ' ') text.Append(' ');
        }

        if (text.Length > MaxLength) return false;
        cleaned = text.ToString();
        return Normalize(cleaned).Length > 0;
    }

    /// <summary>The key before aliases: what the alias table's own entries are made of.</summary>
    internal static string Normalize(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var c in name) CharFolding.Append(folded, c);

        var key = new StringBuilder(folded.Length);
        for (var i = 0; i < folded.Length; i++)
        {
            var c = folded[i];
            if (c is '"' or '\'' or '`') continue;
            if (char.IsWhiteSpace(c) || c is '-' or '_' or ',' or ';' or ':' or '(' or ')')
            {
                if (key.Length > 0 && key[^1] is not (' ' or '/')) key.Append(' ');
                continue;
            }

            // "C #" is C#, "CI / CD" is CI/CD.
            if (c is '#' or '+' or '/' && key.Length > 0 && key[^1] == ' ') key.Length--;
            key.Append(c);
        }

        var text = key.ToString();
        return text.TrimEnd(' ', '.', '!', '?', '/').TrimStart(' ', '!', '?');
    }
}
