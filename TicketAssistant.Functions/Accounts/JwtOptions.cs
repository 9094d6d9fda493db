using System.Text;
using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Accounts;

/// <summary>How tokens are made.</summary>
/// <param name="Secret">The key of the signature, at least 32 bytes.</param>
/// <param name="Issuer">The <c>iss</c> claim.</param>
/// <param name="Audience">The <c>aud</c> claim.</param>
/// <param name="Lifetime">How long a token is good.</param>
internal sealed record JwtOptions(byte[] Secret, string Issuer, string Audience, TimeSpan Lifetime)
{
    private const int MinSecretBytes = 32;
    private const int MinutesPerMonth = 60 * 24 * 30;

    /// <summary>Reads <c>Jwt__Secret</c> (needed), <c>Jwt__Issuer</c>, <c>Jwt__Audience</c> and <c>Jwt__LifetimeMinutes</c> (60).</summary>
    /// <exception cref="SettingException">One is missing or malformed.</exception>
    public static JwtOptions Read(IConfiguration configuration)
    {
        const string setting = "Jwt__Secret";
        var secret = Encoding.UTF8.GetBytes(configuration.Text(setting) ?? throw new SettingException(
            setting, $"is not set; set at least {MinSecretBytes} random bytes, such as the output of 'openssl rand -base64 48'."));
        if (secret.Length < MinSecretBytes)
        {
            throw new SettingException(setting, $"has {secret.Length} bytes; at least {MinSecretBytes} are needed.");
        }

        return new JwtOptions(
            secret,
            configuration.Text("Jwt__Issuer") ?? "ticket-assistant",
            configuration.Text("Jwt__Audience") ?? "ticket-assistant",
            TimeSpan.FromMinutes(configuration.Number("Jwt__LifetimeMinutes", 60, min: 1, max: MinutesPerMonth)));
    }

    /// <summary>Without the secret, so that it can't end up in a log.</summary>
    public override string ToString() => $"{Issuer} for {Audience}, {Lifetime}";
}
