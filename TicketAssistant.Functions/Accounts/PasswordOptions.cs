using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Accounts;

/// <summary>How passwords are hashed.</summary>
/// <param name="WorkFactor">BCrypt's: the logarithm of the rounds. 12 takes about a quarter of a second.</param>
internal sealed record PasswordOptions(int WorkFactor)
{
    public const int SafeWorkFactor = 12;

    /// <summary>
    /// Reads <c>Passwords__WorkFactor</c> (12 to 16). Less is for tests, which log in thousands of times, and is refused unless
    /// <c>Passwords__AllowWeakForTests</c> is true.
    /// </summary>
    /// <exception cref="SettingException">It is malformed or too weak.</exception>
    public static PasswordOptions Read(IConfiguration configuration)
    {
        const string setting = "Passwords__WorkFactor";
        var workFactor = configuration.Number(setting, SafeWorkFactor, min: 4, max: 16);
        if (workFactor < SafeWorkFactor && !configuration.Flag("Passwords__AllowWeakForTests", false))
        {
            throw new SettingException(setting, $"{workFactor} is too weak; leave it away or set at least {SafeWorkFactor}.");
        }

        return new PasswordOptions(workFactor);
    }
}
