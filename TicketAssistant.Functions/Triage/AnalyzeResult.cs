namespace TicketAssistant.Functions.Triage;

/// <summary>What came of an attempt: small, because it is kept in the durable history.</summary>
/// <param name="Outcome">What to do next.</param>
/// <param name="Reason">Why, when it did not work.</param>
/// <param name="RetryAfterSeconds">How long to wait at least: the wish of the model's server, or of a full gate; null where nobody said.</param>
/// <param name="AwaitsConfirmation">True where it is saved as a proposal that waits for a person.</param>
public sealed record AnalyzeResult(
    AnalyzeOutcome Outcome, string? Reason = null, double? RetryAfterSeconds = null, bool AwaitsConfirmation = false);
