namespace TicketAssistant.Functions.Tickets.Escalation;

/// <summary>What an <see cref="AcknowledgementOrchestrator"/> starts from. Fields are added, never renamed: instances outlive deployments.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Number">See <see cref="TicketAcknowledgement.Number"/>.</param>
/// <param name="DueAt">When the first stage comes (UTC).</param>
/// <param name="Limits">The settings when it was started.</param>
public sealed record AcknowledgementInput(Guid TicketId, long Number, DateTimeOffset DueAt, AcknowledgementLimits Limits)
{
    /// <summary>The id of the one instance that watches over this: no two have the same, whatever the ticket goes through.</summary>
    public static string InstanceId(Guid ticketId, long number) => $"ack-{ticketId}-{number}";
}
