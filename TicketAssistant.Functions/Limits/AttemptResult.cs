namespace TicketAssistant.Functions.Limits;

/// <summary>Whether an attempt may be made.</summary>
/// <param name="Wait">How long to wait instead; null where it may, and was counted.</param>
/// <param name="IsTrusted">Whether an attempt under this key was good not long ago.</param>
public sealed record AttemptResult(TimeSpan? Wait, bool IsTrusted);
