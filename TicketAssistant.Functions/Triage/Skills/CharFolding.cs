using System.Collections.Frozen;
using System.Text;

namespace TicketAssistant.Functions.Triage.Skills;

/// <summary>
/// Folds a character to the form in which text is compared: lower case, no accents, no width or ligature variants. Stands in
/// for Unicode's NFKC and case folding, which the runtime doesn't carry with InvariantGlobalization; scripts other than Latin
/// pass through lower-cased.
/// </summary>
internal static class CharFolding
{
    private static readonly FrozenDictionary<char, string> Variants = Load();

    /// <summary>Appends what <paramref name="c"/> folds to: usually one character, none for a combining accent.</summary>
    public static void Append(StringBuilder to, char c)
    {
        if (c < 0x80)
        {
            to.Append(char.ToLowerInvariant(c));
            return;
        }

        if (c is >= '\uFF01' and <= '\uFF5E') c = (char)(c - 0xFEE0);
        if (IsIgnorable(c)) return;
        c = char.ToLowerInvariant(c);
        if (Variants.TryGetValue(c, out var plain)) to.Append(plain);
        else to.Append(c);
    }

    // Combining accents and the invisible characters that would otherwise split a word in two.
    private static bool IsIgnorable(char c) => c is (>= '\u0300' and <= '\u036F') or '\u00AD' or (>= '\u200B' and <= '\u200D') or '\u2060' or '\uFE0F' or '\uFEFF';

    private static FrozenDictionary<char, string> Load()
    {
        var variants = new Dictionary<char, string>();
        foreach (var line in EmbeddedTable.Lines("folding.txt"))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            foreach (var variant in line.AsSpan(space + 1)) variants[variant] = line[..space];
        }

        return variants.ToFrozenDictionary();
    }
}
