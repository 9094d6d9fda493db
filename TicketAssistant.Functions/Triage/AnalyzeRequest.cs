namespace TicketAssistant.Functions.Triage;

/// <summary>One attempt to have a ticket analysed.</summary>
/// <param name="Key">Which triage.</param>
/// <param name="TimeoutSeconds">How long the model may take.</param>
/// <param name="ConfirmBelow">An analysis less sure than this waits for a person, at 1 each; null where none does.</param>
public sealed record AnalyzeRequest(TriageKey Key, double TimeoutSeconds, double? ConfirmBelow = null);
