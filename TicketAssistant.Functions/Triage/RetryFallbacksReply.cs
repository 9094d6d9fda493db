namespace TicketAssistant.Functions.Triage;

/// <summary>Reply of POST /api/triage/retry-fallbacks.</summary>
/// <param name="Count">How many tickets there are to triage again.</param>
/// <param name="InstanceId">The orchestration that sees to it.</param>
public sealed record RetryFallbacksReply(long Count, string InstanceId);
