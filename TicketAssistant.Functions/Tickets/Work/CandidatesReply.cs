namespace TicketAssistant.Functions.Tickets.Work;

/// <summary>A reply with who could take a ticket.</summary>
/// <param name="Candidates">
/// Moderators with any of its skills, then admins; best covered first, then who is neither away nor full, then fewest open tickets,
/// then longest idle: the order in which the app itself would choose.
/// </param>
public sealed record CandidatesReply(IReadOnlyList<CandidateView> Candidates);
