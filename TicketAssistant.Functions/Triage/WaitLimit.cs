using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage;

/// <summary>How long a ticket waits for somebody who fits before an admin takes it.</summary>
internal static class WaitLimit
{
    /// <summary>The limit for a priority, counted from when the ticket was accepted.</summary>
    public static TimeSpan For(TicketPriority priority) => priority switch
    {
        TicketPriority.Urgent => TimeSpan.FromMinutes(15),
        TicketPriority.High => TimeSpan.FromHours(2),
        TicketPriority.Medium => TimeSpan.FromHours(8),
        _ => TimeSpan.FromHours(24),
    };
}
