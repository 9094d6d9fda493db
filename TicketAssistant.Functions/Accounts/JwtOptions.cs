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
    private const string SecretSetting = "Jwt__Secret";
    private const string PreviousSetting = "Jwt__PreviousSecret";
    private const int MinSecretBytes = 32;
    private const int MinutesPerMonth = 60 * 24 * 30;

    /// <summary>
    /// A second secret whose signatures are taken, while the secret is being changed; nothing is signed with it. Null where
    /// there is none.
    /// </summary>
    public byte[]? PreviousSecret { get; init; }

    /// <summary>Reads <c>Jwt__Secret</c> (needed), <c>Jwt__PreviousSecret</c>, <c>Jwt__Issuer</c>, <c>Jwt__Audience</c> and <c>Jwt__LifetimeMinutes</c> (60).</summary>
    /// <exception cref="SettingException">One is missing or malformed.</exception>
    public static JwtOptions Read(IConfiguration configuration)
    {
        return new JwtOptions(
            ReadSecret(configuration, SecretSetting) ?? throw new SettingException(
                SecretSetting, $"is not set; set at least {MinSecretBytes} random bytes, such as the output of 'openssl rand -base64 48'."),
            configuration.Text("Jwt__Issuer") ?? "ticket-assistant",
            configuration.Text("Jwt__Audience") ?? "ticket-assistant",
            TimeSpan.FromMinutes(configuration.Number("Jwt__LifetimeMinutes", 60, min: 1, max: MinutesPerMonth)))
        {
            PreviousSecret = ReadSecret(configuration, PreviousSetting),
        };
    }

    /// <summary>Without the secrets, so that they can't end up in a log.</summary>
    public override string ToString() => $"{Issuer} for {Audience}, {Lifetime}";

    private static byte[]? ReadSecret(IConfiguration configuration, string setting)
    {
        if (configuration.Text(setting) is not { } text) return null;
        var secret = Encoding.UTF8.GetBytes(text);
        return secret.Length >= MinSecretBytes
            ? secret
            : throw new SettingException(setting, $"has {secret.Length} bytes; at least {MinSecretBytes} are needed.");
    }
}
