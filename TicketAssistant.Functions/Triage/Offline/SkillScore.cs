namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>How strongly a ticket speaks for a skill.</summary>
/// <param name="Canonical">The skill's key.</param>
/// <param name="Score">From 0; a plain mention gives about 3.</param>
/// <param name="Evidence">The cues that spoke for it, best first.</param>
internal sealed record SkillScore(string Canonical, double Score, IReadOnlyList<string> Evidence);
