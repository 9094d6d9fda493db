namespace TicketAssistant.Functions.Tickets.Stats;

/// <summary>All tickets that aren't done, whenever they were created.</summary>
/// <param name="Total">How many.</param>
/// <param name="Unassigned">How many of them nobody has.</param>
/// <param name="OldestCreatedAt">Since when the oldest waits (UTC); null where there is none.</param>
/// <param name="ByStatus">How many by status.</param>
/// <param name="ByPriority">How many by priority.</param>
/// <param name="ByType">How many by type.</param>
/// <param name="ByAge">How many are younger than an hour, a day, a week, thirty days, or older; each counts once.</param>
public sealed record OpenStats(
    int Total,
    int Unassigned,
    DateTimeOffset? OldestCreatedAt,
    IReadOnlyDictionary<string, int> ByStatus,
    IReadOnlyDictionary<string, int> ByPriority,
    IReadOnlyDictionary<string, int> ByType,
    IReadOnlyDictionary<string, int> ByAge);
