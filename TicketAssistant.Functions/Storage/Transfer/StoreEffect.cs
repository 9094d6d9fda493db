using TicketAssistant.Functions.Tickets.Effects;

namespace TicketAssistant.Functions.Storage.Transfer;

/// <summary>That a change of a ticket still entails something.</summary>
/// <param name="Version">The version that the ticket had after the change.</param>
/// <param name="At">When it was changed (UTC).</param>
/// <param name="Effect">What is to be done.</param>
public sealed record StoreEffect(long Version, DateTimeOffset At, TicketEffect Effect);
