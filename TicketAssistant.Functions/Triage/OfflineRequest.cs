namespace TicketAssistant.Functions.Triage;

/// <summary>A ticket for the offline analyser because the model could not.</summary>
/// <param name="Key">Which triage.</param>
/// <param name="Reason">Why the model could not; shown on the ticket.</param>
/// <param name="ConfirmBelow">An analysis less sure than this waits for a person, at 1 each; null where none does.</param>
public sealed record OfflineRequest(TriageKey Key, string Reason, double? ConfirmBelow = null);
