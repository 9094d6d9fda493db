namespace TicketAssistant.Functions.Tickets.Stats;

/// <summary>How far people agreed with the analyses of one source, by the tickets that are done.</summary>
/// <param name="Source">Who analysed.</param>
/// <param name="Type">The kind of request.</param>
/// <param name="Priority">The priority.</param>
/// <param name="RelatedSkills">The skills, in their order.</param>
/// <param name="AssignedTo">The assignee whom the app had chosen.</param>
public sealed record AgreementStats(TriageSource Source, KeptStats Type, KeptStats Priority, KeptStats RelatedSkills, KeptStats AssignedTo);
