namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>Notices what should not have been written into a ticket, so that the assignee treats it with care.</summary>
internal static class SecretScan
{
    private const int ShortestCard = 13;
    private const int LongestCard = 19;

    private static readonly string[] Labels = ["password:", "password is", "pwd:", "passwort:", "kennwort:", "mot de passe :", "contrasena:", "senha:", "wachtwoord:", "ssn:", "cvv", "cvc", "iban:", "passport:"];

    /// <summary>Whether it seems to hold a credential, a card number or an identity number.</summary>
    public static bool HoldsSecrets(TicketText text) =>
        Labels.Any(label => text.Text.Contains(label, StringComparison.Ordinal)) || HoldsCardNumber(text.Text);

    // 13 to 19 digits in groups whose check digit (Luhn) fits.
    private static bool HoldsCardNumber(string text)
    {
        Span<int> digits = stackalloc int[LongestCard];
        var count = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && char.IsAsciiDigit(text[i]))
            {
                if (count < LongestCard) digits[count] = text[i] - '0';
                count++;
            }
            else if (i == text.Length || text[i] != ' ')
            {
                if (count is >= ShortestCard and <= LongestCard && FitsLuhn(digits[..count])) return true;
                count = 0;
            }
        }

        return false;
    }

    private static bool FitsLuhn(ReadOnlySpan<int> digits)
    {
        var (sum, distinct) = (0, false);
        for (var i = 0; i < digits.Length; i++)
        {
            var doubled = (digits.Length - i) % 2 == 0 ? digits[i] * 2 : digits[i];
            sum += doubled > 9 ? doubled - 9 : doubled;
            distinct |= digits[i] != digits[0];
        }

        return distinct && sum % 10 == 0;
    }
}
