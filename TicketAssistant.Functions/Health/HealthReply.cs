namespace TicketAssistant.Functions.Health;

/// <summary>Reply of GET /api/health.</summary>
/// <param name="Status">Always <c>ok</c>.</param>
public sealed record HealthReply(string Status);
