using TicketAssistant.Functions.Tickets.Escalation;

namespace TicketAssistant.Functions.Tickets;

/// <summary>
/// That the assignee is still to act on the ticket, and what happens if they don't. The ticket says so itself, whatever becomes of
/// the orchestration that watches the clock.
/// </summary>
/// <param name="Number">The ticket's version with which this began: tells it from what was awaited before and after.</param>
/// <param name="Stage">What has happened already.</param>
/// <param name="Since">Since when nobody has acted (UTC).</param>
/// <param name="DueAt">When the next stage comes (UTC).</param>
public sealed record TicketAcknowledgement(long Number, AcknowledgementStage Stage, DateTimeOffset Since, DateTimeOffset DueAt);
