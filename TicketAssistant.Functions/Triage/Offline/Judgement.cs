using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>What <see cref="LinearClassifier"/> takes a ticket for.</summary>
/// <param name="Type">The likeliest kind.</param>
/// <param name="Lead">By how much it is likelier than the next one, 0 to 1.</param>
/// <param name="TypeWords">The words that spoke most for the kind, strongest first.</param>
/// <param name="Priority">The likeliest priority.</param>
/// <param name="PriorityWords">The words that spoke most for the priority, strongest first.</param>
internal sealed record Judgement(TicketType Type, double Lead, IReadOnlyList<string> TypeWords, TicketPriority Priority, IReadOnlyList<string> PriorityWords);
