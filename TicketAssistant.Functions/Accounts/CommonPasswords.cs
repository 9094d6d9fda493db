using System.Collections.Frozen;
using System.Text;

namespace TicketAssistant.Functions.Accounts;

/// <summary>
/// The passwords that every list of the most used ones begins with, by the word that they are made of: whatever digits and marks are
/// hung on to it, and with the usual digits for letters. A short list of our own; it stops the first guesses, not a long attack.
/// </summary>
internal static class CommonPasswords
{
    private const int FewCharacters = 3;
    private const int LongEnoughToMean = 16;

    private static readonly string[] Rows =
    [
        "12345678901234567890", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm", "azertyuiopqsdfghjklmwxcvbn",
        "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "1q2w3e4r5t6y7u8i9o0p", "q1w2e3r4t5y6u7i8o9p0",
    ];

    private static readonly FrozenSet<string> Words = """
        abc abcd access account admin administrator adminadmin alexander amanda andrea angel apple arsenal asdf asdfasdf ashley
        azerty babygirl bailey banana barcelona baseball basketball batman benjamin blink butterfly changeit changeme charlie cheese
        chelsea chocolate computer cookie corvette daniel default demo dragon einstein elephant facebook ferrari football
        fortnite friend friends geheim george ginger google guest hallo hallowelt harley hello helloworld helpdesk hockey hunter iloveu
        iloveyou internet jackson jasmine jennifer jessica jesus jordan juventus killer kitten lakers letmein letmeinnow liverpool login london
        loveme lovely maggie manchester master matrix matthew maverick melissa mercedes merlin michael michelle microsoft minecraft monkey
        monster mustang myspace naruto nicole ninja nothing orange pass passpass passphrase passw passwd password passwordpassword passwort
        pepper pokemon princess qazwsx qazwsxedc qwer qwert qwerty qwertyqwerty qwertz ranger rockyou root samsung
        schalke schatz secret server shadow snoopy soccer sommer spiderman starwars steelers summer sunshine superman support
        sweety system taylor teamo temp temporary test testing testtest thomas thunder ticket tickets tigger toor trustno trustnoone user
        victoria welcome whatever william willkommen winter yankees zaq zaqwsx zxcvbn zxcvbnm
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether it is one of them, or hardly more than a repetition or a row of keys.</summary>
    public static bool Contains(string password)
    {
        var lower = password.ToLowerInvariant();
        if (lower.Length < LongEnoughToMean && lower.Distinct().Count() <= FewCharacters) return true;
        if (Rows.Any(row => row.Contains(lower, StringComparison.Ordinal) || row.Contains(Reversed(lower), StringComparison.Ordinal))) return true;
        // With digits for letters first, because stripping takes digits off the end.
        return IsWord(Letters(lower)) || IsWord(Letters(Stripped(lower))) || IsWord(Letters(Stripped(Spelt(lower))));
    }

    private static bool IsWord(string text) => text.Length > 0 && Words.Contains(text);

    private static string Letters(string text) => string.Concat(Spelt(text).Where(char.IsAsciiLetter));

    private static string Stripped(string text) => text.Trim([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c).Where(c => !char.IsAsciiLetter(c))]);

    private static string Spelt(string text)
    {
        var spelt = new StringBuilder(text);
        foreach (var (mark, letter) in "0o1i3e4a5s7t@a$s!i".Chunk(2).Select(pair => (pair[0], pair[1]))) spelt.Replace(mark, letter);
        return spelt.ToString();
    }

    private static string Reversed(string text) => string.Concat(text.Reverse());
}
