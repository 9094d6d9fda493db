using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TicketAssistant.Functions.Triage.Model;

/// <summary>Cleans text that goes to or comes from a model. Every function is linear in the length of the text.</summary>
internal static class ModelText
{
    /// <summary>Longest name of a skill, in UTF-16 units.</summary>
    public const int MaxSkillLength = 40;

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // Replacements in brackets of their own: ordinary ones could complete a markdown link with their neighbours.
    private const string LinkRemoved = "‹link removed›";
    private const string AddressRemoved = "‹address removed›";

    private static readonly Regex MarkdownTarget = new(@"\]\([^()\n]*\)", Linear);
    private static readonly Regex Link = new(@"[\w+.\-]*://\S*|(?:https?|mailto|javascript|vbscript):\S+|data:\w+/\S*|www\.\S+", Linear);
    private static readonly Regex Address = new(@"[^\s@＠﹫<>()\[\]""',;:]+[@＠﹫][^\s@<>()\[\]""',;:]+\.[^\s@<>()\[\]""',;:]+", Linear);

    // Pages and mails encode what they show; this is for whoever copies a note elsewhere. Type parameters such as List<T> and
    // comparisons stay: what browsers act on is the name of an element, a comment, a declaration, or an attribute of anything.
    private static readonly Regex Markup = new(
        @"<([/!?]|[a-z][^\s<>]*[\s/][^<>]*=|(?:a|abbr|applet|area|article|audio|b|base|bdo|body|br|button|canvas|center|code|details|dialog|div|embed|em|fieldset|font|form|frame|frameset|h[1-6]|head|hr|html|i|iframe|image|img|input|isindex|link|listing|main|marquee|math|meta|noscript|object|ol|option|p|param|picture|plaintext|pre|script|select|source|span|strong|style|svg|table|tbody|td|template|textarea|th|title|tr|track|u|ul|video|xml|xmp)\b)",
        Linear);

    /// <summary>
    /// Without what a reader cannot see: control characters other than line feed and tab, bidirectional overrides,
    /// zero-width and tag characters, lone surrogates. The joiners that emoji and Persian need stay.
    /// </summary>
    public static string Visible(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '\n' or '\r' or 0x85 or 0x2028 or 0x2029:
                    result.Append('\n');
                    break;
                case '\t' or 0x200C or 0x200D:
                    result.Append((char)rune.Value);
                    break;
                default:
                    if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format)) result.Append(rune);
                    break;
            }
        }
        return result.ToString();
    }

    /// <summary>Visible text without links, e-mail addresses and HTML elements, on several lines, at most <paramref name="limit"/> UTF-16 units.</summary>
    public static string Paragraphs(string text, int limit)
    {
        // What is cut off below is not worth cleaning; removals seldom take more than three quarters.
        var result = Visible(Cut(text, limit * 4));
        result = MarkdownTarget.Replace(result, "]").Replace("](", "] (", StringComparison.Ordinal);
        result = Link.Replace(result, LinkRemoved);
        result = Address.Replace(result, AddressRemoved);
        result = Markup.Replace(result, "‹$1");
        return Cut(result.Trim(), limit).TrimEnd();
    }

    /// <summary>As <see cref="Paragraphs"/>, on one line.</summary>
    public static string Line(string text, int limit) => Cut(Collapse(Paragraphs(text, limit * 2)), limit).TrimEnd();

    /// <summary>
    /// A skill's name: visible, on one line, at most <see cref="MaxSkillLength"/> UTF-16 units; empty where it is a link, an
    /// e-mail address or HTML.
    /// </summary>
    public static string Skill(string text)
    {
        var name = Collapse(Visible(Cut(text, MaxSkillLength * 4)));
        var isUnfit = name.Contains("](", StringComparison.Ordinal) || Link.IsMatch(name) || Address.IsMatch(name) || Markup.IsMatch(name);
        return isUnfit ? "" : Cut(name, MaxSkillLength).TrimEnd();
    }

    /// <summary>At most <paramref name="limit"/> UTF-16 units, never half a surrogate pair.</summary>
    public static string Cut(string text, int limit)
    {
        if (text.Length <= limit) return text;
        return char.IsHighSurrogate(text[limit - 1]) ? text[..(limit - 1)] : text[..limit];
    }

    private static string Collapse(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
