namespace TicketAssistant.Functions.Tickets;

/// <summary>What an analysis by the model took. For staff.</summary>
/// <param name="InputTokens">Tokens of all requests of this analysis, a repair included; null where the server counts none.</param>
/// <param name="OutputTokens">Tokens of all answers, thoughts included where the server counts them; null where it counts none.</param>
/// <param name="LatencyMilliseconds">From the first request to the valid answer.</param>
/// <param name="PromptVersion">Which wording of the instruction was sent.</param>
public sealed record ModelUsage(long? InputTokens, long? OutputTokens, long LatencyMilliseconds, int PromptVersion);
