namespace TicketAssistant.Functions.Triage;

/// <summary>How far the retry of fallbacks has come.</summary>
/// <param name="Options">What the new triages are steered by.</param>
/// <param name="Portion">How many are started at once.</param>
/// <param name="After">The last ticket of the portion before; null at the beginning.</param>
/// <param name="Started">How many were started so far.</param>
public sealed record RetryFallbacksInput(TriageOptions Options, int Portion, Guid? After = null, int Started = 0);
