namespace TicketAssistant.Functions.Triage;

/// <summary>Triages to be repeated.</summary>
/// <param name="Fallbacks">Those that fell back: the next revision of each is to be started.</param>
/// <param name="Options">What the new ones are steered by.</param>
public sealed record RetriageRequest(IReadOnlyList<TriageKey> Fallbacks, TriageOptions Options);
