namespace TicketAssistant.Functions.Triage.Model;

/// <summary>What became of a model's answer: an analysis, or what is wrong with it.</summary>
/// <param name="Analysis">Null where there are problems.</param>
/// <param name="Problems">In words that a model can act on; empty where there is an analysis.</param>
internal sealed record AnalysisReading(TicketAnalysis? Analysis, IReadOnlyList<string> Problems);
