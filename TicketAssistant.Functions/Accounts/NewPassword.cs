namespace TicketAssistant.Functions.Accounts;

/// <summary>The rules for a password that is to be set.</summary>
internal static class NewPassword
{
    /// <summary>What is wrong with it, to follow its field's name; null where nothing is.</summary>
    /// <param name="password">As it was typed.</param>
    /// <param name="email">Whose it would be.</param>
    public static string? Problem(string password, string email) =>
        Passwords.Problem(password) ?? (CommonPasswords.Contains(password) || IsOwnName(password, email)
            ? "is among the first that anybody would guess; a few words in a row are safer and easy to keep in mind"
            : null);

    private static bool IsOwnName(string password, string email) =>
        password.Equals(email, StringComparison.OrdinalIgnoreCase) || password.Equals(email.Split('@')[0], StringComparison.OrdinalIgnoreCase);
}
