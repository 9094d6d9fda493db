using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace TicketAssistant.Functions.Settings;

/// <summary>
/// Reads settings strictly: an unset or blank one takes its default, a malformed one throws <see cref="SettingException"/>
/// naming it. Keys are written as in the environment, <c>Section__Name</c>.
/// </summary>
internal static class SettingReader
{
    public static string? Text(this IConfiguration configuration, string setting)
    {
        var value = configuration[setting.Replace("__", ":", StringComparison.Ordinal)];
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    public static int Number(this IConfiguration configuration, string setting, int fallback, int min, int max)
    {
        var text = configuration.Text(setting);
        if (text is null) return fallback;
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max
            ? value
            : throw new SettingException(setting, $"'{text}' is not a whole number from {min} to {max}.");
    }

    public static double Fraction(this IConfiguration configuration, string setting, double fallback)
    {
        var text = configuration.Text(setting);
        if (text is null) return fallback;
        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
            ? value
            : throw new SettingException(setting, $"'{text}' is not a number from 0 to 1, such as 0.8.");
    }

    public static bool Flag(this IConfiguration configuration, string setting, bool fallback)
    {
        var text = configuration.Text(setting);
        if (text is null) return fallback;
        return bool.TryParse(text, out var value)
            ? value
            : throw new SettingException(setting, $"'{text}' is neither true nor false.");
    }

    public static TEnum Choice<TEnum>(this IConfiguration configuration, string setting, TEnum fallback)
        where TEnum : struct, Enum
    {
        var text = configuration.Text(setting);
        if (text is null) return fallback;
        // Enum.TryParse alone would take "7" and "A,B".
        var name = Array.Find(Enum.GetNames<TEnum>(), n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
        return name is not null
            ? Enum.Parse<TEnum>(name)
            : throw new SettingException(setting, $"'{text}' is none of {string.Join(", ", Enum.GetNames<TEnum>())}.");
    }

    public static Uri? HttpAddress(this IConfiguration configuration, string setting)
    {
        var text = configuration.Text(setting);
        if (text is null) return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new SettingException(setting, $"'{text}' is not an absolute http or https address.");
    }
}
