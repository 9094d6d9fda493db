namespace TicketAssistant.Functions.Triage;

/// <summary>A ticket for the offline analyser because the model could not.</summary>
/// <param name="Key">Which triage.</param>
/// <param name="Reason">Why the model could not; shown on the ticket.</param>
public sealed record OfflineRequest(TriageKey Key, string Reason);
