namespace TicketAssistant.Functions.Triage;

/// <summary>A proposal that nobody confirmed in time.</summary>
/// <param name="Key">Which triage.</param>
/// <param name="IsFallback">True where the offline analyser made it because the model could not.</param>
/// <param name="Minutes">How long a person was waited for.</param>
public sealed record ReleaseRequest(TriageKey Key, bool IsFallback, int Minutes);
