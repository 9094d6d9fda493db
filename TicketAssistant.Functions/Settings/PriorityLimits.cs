using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Settings;

/// <summary>A time limit for each priority, in whole minutes.</summary>
public abstract record PriorityLimits
{
    private const int MaxMinutes = 60 * 24 * 30;

    /// <summary>For urgent tickets.</summary>
    public int Urgent { get; init; } = 15;

    /// <summary>For those of high priority.</summary>
    public int High { get; init; } = 120;

    /// <summary>For those of medium priority.</summary>
    public int Medium { get; init; } = 480;

    /// <summary>For those of low priority.</summary>
    public int Low { get; init; } = 1440;

    /// <summary>The limit for a priority.</summary>
    public TimeSpan For(TicketPriority priority) => TimeSpan.FromMinutes(priority switch
    {
        TicketPriority.Urgent => Urgent,
        TicketPriority.High => High,
        TicketPriority.Medium => Medium,
        _ => Low,
    });

    /// <summary>Reads the four settings of these names: 0 to 30 days.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    protected static T Read<T>(IConfiguration configuration, string urgent, string high, string medium, string low) where T : PriorityLimits, new()
    {
        var defaults = new T();
        return new T
        {
            Urgent = Minutes(urgent, defaults.Urgent),
            High = Minutes(high, defaults.High),
            Medium = Minutes(medium, defaults.Medium),
            Low = Minutes(low, defaults.Low),
        };

        int Minutes(string setting, int fallback) => configuration.Number(setting, fallback, 0, MaxMinutes);
    }
}
