namespace TicketAssistant.Functions.Tickets.Stats;

/// <summary>Reply of GET /api/stats.</summary>
/// <param name="At">When they were made (UTC).</param>
/// <param name="Days">How many days back the period begins.</param>
/// <param name="Open">What is open now.</param>
/// <param name="Period">What was created in the period.</param>
/// <param name="Assignees">Up to a hundred people, the busiest first: the staff, and whoever else has tickets in these numbers.</param>
public sealed record StatsReply(DateTimeOffset At, int Days, OpenStats Open, PeriodStats Period, IReadOnlyList<AssigneeStats> Assignees);
