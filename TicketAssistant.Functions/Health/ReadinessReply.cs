namespace TicketAssistant.Functions.Health;

/// <summary>Reply of GET /api/health/ready. Says which part is not well, never why: that is in the log.</summary>
/// <param name="Status"><c>ready</c>, or <c>not_ready</c> with status code 503.</param>
/// <param name="Store"><c>ok</c> or <c>unavailable</c>; needed to be ready.</param>
/// <param name="Durable"><c>ok</c> or <c>unavailable</c>; needed to be ready.</param>
/// <param name="Mail"><c>ok</c>, or <c>failing</c> when the last mail did not go out; mails wait, tickets are taken.</param>
/// <param name="Model"><c>ok</c>, <c>offline</c> when none is configured, or <c>misconfigured</c>; tickets are triaged offline then.</param>
public sealed record ReadinessReply(string Status, string Store, string Durable, string Mail, string Model);
