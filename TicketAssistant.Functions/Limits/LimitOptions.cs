using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Limits;

/// <summary>How much one person, or one address, may do: see docs/security.md.</summary>
internal sealed record LimitOptions
{
    private const string Peer = "peer";
    private const int Most = 1_000_000;

    /// <summary>False turns every limit off.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Log-ins an address may try in a minute, whoever as.</summary>
    public int LoginsPerMinute { get; init; } = 60;

    /// <summary>Accounts an address may open in an hour.</summary>
    public int SignupsPerHour { get; init; } = 20;

    /// <summary>Tickets a user may post in a minute.</summary>
    public int TicketsPerMinute { get; init; } = 30;

    /// <summary>Tickets that may come from an address in a minute.</summary>
    public int TicketsPerMinutePerAddress { get; init; } = 120;

    /// <summary>Mails for a new password an address may ask for in an hour.</summary>
    public int ResetsPerHour { get; init; } = 20;

    /// <summary>Log-ins to one account that may fail at one address before the next has to wait.</summary>
    public int FreeLogins { get; init; } = 10;

    /// <summary>The longest such wait.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The header that holds the client's address; null for the address of the connection.</summary>
    public string? AddressHeader { get; init; }

    /// <summary>Reads <c>RateLimits__*</c>.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    public static LimitOptions Read(IConfiguration configuration)
    {
        var defaults = new LimitOptions();
        return new LimitOptions
        {
            Enabled = configuration.Flag("RateLimits__Enabled", defaults.Enabled),
            LoginsPerMinute = Count("RateLimits__LoginsPerMinute", defaults.LoginsPerMinute),
            SignupsPerHour = Count("RateLimits__SignupsPerHour", defaults.SignupsPerHour),
            TicketsPerMinute = Count("RateLimits__TicketsPerMinute", defaults.TicketsPerMinute),
            TicketsPerMinutePerAddress = Count("RateLimits__TicketsPerMinutePerAddress", defaults.TicketsPerMinutePerAddress),
            ResetsPerHour = Count("RateLimits__ResetsPerHour", defaults.ResetsPerHour),
            FreeLogins = Count("RateLimits__FreeLogins", defaults.FreeLogins),
            LongestWait = TimeSpan.FromSeconds(configuration.Number("RateLimits__LongestWaitSeconds", (int)defaults.LongestWait.TotalSeconds, min: 1, max: 3600)),
            AddressHeader = Header(configuration),
        };

        int Count(string setting, int fallback) => configuration.Number(setting, fallback, min: 1, max: Most);
    }

    private static string? Header(IConfiguration configuration)
    {
        const string setting = "RateLimits__AddressFrom";
        var text = configuration.Text(setting) ?? Peer;
        if (text.Equals(Peer, StringComparison.OrdinalIgnoreCase)) return null;
        return text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? text
            : throw new SettingException(setting, $"'{text}' is neither '{Peer}' nor the name of a header.");
    }
}
