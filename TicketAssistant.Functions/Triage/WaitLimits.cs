using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage;

/// <summary>How long a ticket waits for somebody who fits before an admin takes it, in minutes since it was accepted.</summary>
public sealed record WaitLimits
{
    private const int MaxMinutes = 60 * 24 * 30;

    /// <summary><c>Triage__WaitMinutesUrgent</c>.</summary>
    public int Urgent { get; init; } = 15;

    /// <summary><c>Triage__WaitMinutesHigh</c>.</summary>
    public int High { get; init; } = 120;

    /// <summary><c>Triage__WaitMinutesMedium</c>.</summary>
    public int Medium { get; init; } = 480;

    /// <summary><c>Triage__WaitMinutesLow</c>.</summary>
    public int Low { get; init; } = 1440;

    /// <summary>Reads <c>Triage__WaitMinutes*</c>: whole minutes, 0 (an admin at once) to 30 days.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    public static WaitLimits Read(IConfiguration configuration)
    {
        var limits = new WaitLimits();
        return new WaitLimits
        {
            Urgent = Minutes("Triage__WaitMinutesUrgent", limits.Urgent),
            High = Minutes("Triage__WaitMinutesHigh", limits.High),
            Medium = Minutes("Triage__WaitMinutesMedium", limits.Medium),
            Low = Minutes("Triage__WaitMinutesLow", limits.Low),
        };

        int Minutes(string setting, int fallback) => configuration.Number(setting, fallback, 0, MaxMinutes);
    }

    /// <summary>The limit for a priority.</summary>
    public TimeSpan For(TicketPriority priority) => TimeSpan.FromMinutes(priority switch
    {
        TicketPriority.Urgent => Urgent,
        TicketPriority.High => High,
        TicketPriority.Medium => Medium,
        _ => Low,
    });
}
