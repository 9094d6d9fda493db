using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>How pressing a ticket is, and why.</summary>
/// <param name="Priority">The priority.</param>
/// <param name="Reasons">What counted, strongest first.</param>
/// <param name="IsGrave">Whether many people are hit or the damage lasts, so that even a short text is clear enough.</param>
/// <param name="Weights">The strongest cue's weight for each reason.</param>
internal sealed record PriorityVerdict(TicketPriority Priority, IReadOnlyList<string> Reasons, bool IsGrave, IReadOnlyDictionary<string, double> Weights);
