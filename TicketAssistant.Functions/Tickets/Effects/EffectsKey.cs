namespace TicketAssistant.Functions.Tickets.Effects;

/// <summary>One change of one ticket, whose effects are carried out together.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Version">The version that the ticket had after the change.</param>
public sealed record EffectsKey(Guid TicketId, long Version)
{
    /// <summary>The id of the orchestration that carries them out.</summary>
    public string InstanceId => $"effects-{TicketId}-{Version}";
}
