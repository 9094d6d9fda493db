using Microsoft.Extensions.Configuration;
using TicketAssistant.Functions.Settings;

namespace TicketAssistant.Functions.Tickets.Escalation;

/// <summary>
/// How long an assignee may leave a ticket untouched before the next stage of its escalation, by priority. Copied into the
/// orchestration's input, so that a changed setting never changes what is already waited for.
/// </summary>
public sealed record AcknowledgementLimits : PriorityLimits
{
    /// <summary>Reads <c>Acknowledgement__Minutes*</c>: whole minutes, 0 (nobody is reminded of such tickets) to 30 days.</summary>
    /// <exception cref="SettingException">One is malformed.</exception>
    public static AcknowledgementLimits Read(IConfiguration configuration) => Read<AcknowledgementLimits>(
        configuration, "Acknowledgement__MinutesUrgent", "Acknowledgement__MinutesHigh", "Acknowledgement__MinutesMedium", "Acknowledgement__MinutesLow");

    /// <summary>What is awaited of whoever has just got the ticket; null where tickets of this priority have no limit.</summary>
    /// <param name="priority">The ticket's.</param>
    /// <param name="number">The version of the ticket that this begins with.</param>
    /// <param name="at">When.</param>
    internal TicketAcknowledgement? Begin(TicketPriority priority, long number, DateTimeOffset at) =>
        For(priority) is var limit && limit > TimeSpan.Zero
            ? new TicketAcknowledgement(number, AcknowledgementStage.Awaited, at, at + limit)
            : null;
}
