namespace TicketAssistant.Functions.Tickets.Stats;

/// <summary>What one person carries and has done.</summary>
/// <param name="User">Who.</param>
/// <param name="Away">True while they are away.</param>
/// <param name="Capacity">How many open tickets they take; null for no limit.</param>
/// <param name="Open">Their open tickets.</param>
/// <param name="OpenByStatus">The same by status.</param>
/// <param name="Resolution">Of the tickets of the period that are done and theirs: from creation to done.</param>
public sealed record AssigneeStats(
    PersonRef User, bool Away, int? Capacity, int Open, IReadOnlyDictionary<string, int> OpenByStatus, DurationStats Resolution);
