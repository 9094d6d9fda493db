namespace TicketAssistant.Functions.Tickets.Stats;

/// <summary>How much came and went on one day.</summary>
/// <param name="Day">The day (UTC).</param>
/// <param name="Created">Tickets created on it.</param>
/// <param name="Resolved">Tickets that became done on it and still are, whenever they were created.</param>
public sealed record DayStats(DateOnly Day, int Created, int Resolved);
