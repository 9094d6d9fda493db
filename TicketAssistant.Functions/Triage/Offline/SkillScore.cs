namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>How strongly a ticket speaks for a skill.</summary>
/// <param name="Canonical">The skill's key.</param>
/// <param name="Score">From 0; a plain mention gives about 3.</param>
/// <param name="Evidence">The cues that spoke for it, in the order in which they were found.</param>
/// <param name="IsNamed">Whether the ticket names it, rather than only showing its symptoms.</param>
internal sealed record SkillScore(string Canonical, double Score, IReadOnlyList<string> Evidence, bool IsNamed);
