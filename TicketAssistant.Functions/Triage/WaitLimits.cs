using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Triage;

/// <summary>How long a ticket waits for somebody who fits before an admin takes it, in minutes since it was accepted.</summary>
public sealed record WaitLimits : PriorityLimits
{
    /// <summary>Reads <c>Triage__WaitMinutes*</c>: whole minutes, 0 (an admin at once) to 30 days.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    public static WaitLimits Read(IConfiguration configuration) => Read<WaitLimits>(
        configuration, "Triage__WaitMinutesUrgent", "Triage__WaitMinutesHigh", "Triage__WaitMinutesMedium", "Triage__WaitMinutesLow");
}
