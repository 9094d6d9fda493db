namespace TicketAssistant.Functions.Triage;

/// <summary>One attempt to have a ticket analysed.</summary>
/// <param name="Key">Which triage.</param>
/// <param name="TimeoutSeconds">How long the model may take.</param>
public sealed record AnalyzeRequest(TriageKey Key, double TimeoutSeconds);
