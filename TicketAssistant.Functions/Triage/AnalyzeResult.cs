namespace TicketAssistant.Functions.Triage;

/// <summary>What came of an attempt: small, because it is kept in the durable history.</summary>
/// <param name="Outcome">What to do next.</param>
/// <param name="Reason">Why, when it did not work.</param>
/// <param name="RetryAfterSeconds">How long the model's server asked to wait, if it did.</param>
public sealed record AnalyzeResult(AnalyzeOutcome Outcome, string? Reason = null, double? RetryAfterSeconds = null);
