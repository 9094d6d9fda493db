namespace TicketAssistant.Functions.Tickets;

/// <summary>What the analysis itself came to, whatever people made of it later.</summary>
/// <param name="Type">Kind of request.</param>
/// <param name="Priority">How soon it needs a person.</param>
/// <param name="RelatedSkills">The skills it asks for.</param>
public sealed record TriageProposal(TicketType Type, TicketPriority Priority, IReadOnlyList<string> RelatedSkills);
