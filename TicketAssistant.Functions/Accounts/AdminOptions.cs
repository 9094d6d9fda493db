using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Accounts;

/// <summary>The first admin.</summary>
/// <param name="Email">Normalised.</param>
/// <param name="Password">As it is typed in at log-in.</param>
internal sealed record AdminOptions(string Email, string Password)
{
    /// <summary>
    /// Reads <c>Admin__Email</c> and <c>Admin__Password</c>. Both are needed; only with a data directory of one's own
    /// (<c>Local__DataDirectory</c>) is the address admin@tickets.local unless another is given.
    /// </summary>
    /// <exception cref="SettingException">One is missing or malformed.</exception>
    public static AdminOptions Read(IConfiguration configuration)
    {
        const string emailSetting = "Admin__Email", passwordSetting = "Admin__Password";
        var text = configuration.Text(emailSetting)
            ?? (configuration.Text("Local__DataDirectory") is not null
                ? "admin@tickets.local"
                : throw new SettingException(emailSetting, "is not set; set the first admin's e-mail address."));
        if (!EmailAddress.TryNormalize(text, out var email)) throw new SettingException(emailSetting, $"'{text}' {EmailAddress.Problem}.");

        // Not trimmed: spaces may be part of a password.
        var password = configuration["Admin:Password"];
        if (string.IsNullOrEmpty(password)) throw new SettingException(passwordSetting, "is not set; set the first admin's password.");
        if (NewPassword.Problem(password, email) is { } problem) throw new SettingException(passwordSetting, $"{problem}.");
        return new AdminOptions(email, password);
    }

    /// <summary>Without the password, so that it can't end up in a log.</summary>
    public override string ToString() => Email;
}
