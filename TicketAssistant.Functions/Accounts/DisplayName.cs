using System.Diagnostics.CodeAnalysis;

namespace TicketAssistant.Functions.Accounts;

/// <summary>The rules for the name that others see.</summary>
internal static class DisplayName
{
    /// <summary>Most characters.</summary>
    public const int MaxLength = 100;

    /// <summary>What is wrong with a name that <see cref="TryClean"/> refuses, to follow its field's name.</summary>
    public static readonly string Problem = $"must have 1 to {MaxLength} visible characters";

    /// <summary>One line without control and direction characters; false where nothing or too much is left.</summary>
    public static bool TryClean(string? text, [NotNullWhen(true)] out string? name)
    {
        name = text is null || text.Length > 10 * MaxLength ? null : CleanText.Line(text);
        if (name is { Length: >= 1 and <= MaxLength }) return true;
        name = null;
        return false;
    }
}
