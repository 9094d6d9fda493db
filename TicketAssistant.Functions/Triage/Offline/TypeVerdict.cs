using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>What kind of request a ticket is, and why.</summary>
/// <param name="Type">The kind.</param>
/// <param name="Lead">By how much it leads, 0 to 1.</param>
/// <param name="Reasons">The cues that spoke for it, in the order in which they were found.</param>
/// <param name="Scores">How much spoke for each kind.</param>
internal sealed record TypeVerdict(TicketType Type, double Lead, IReadOnlyList<string> Reasons, IReadOnlyList<double> Scores);
