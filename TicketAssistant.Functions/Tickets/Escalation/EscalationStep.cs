namespace TicketAssistant.Functions.Tickets.Escalation;

/// <summary>A look at what is awaited, and the next stage where its time has come.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Number">See <see cref="TicketAcknowledgement.Number"/>.</param>
/// <param name="Now">The time by the clock that was waited on.</param>
/// <param name="Limits">See <see cref="AcknowledgementInput.Limits"/>.</param>
public sealed record EscalationStep(Guid TicketId, long Number, DateTimeOffset Now, AcknowledgementLimits Limits);
