using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets.Events;

/// <summary>The data of a server-sent event of type <c>ticket</c>.</summary>
/// <param name="TicketId">Which ticket.</param>
/// <param name="Version">Its version by then; changes that come soon after each other share one event, with the last version.</param>
/// <param name="Kind">What happened.</param>
public sealed record TicketEvent(Guid TicketId, long Version, TicketEventKind Kind)
{
    internal static TicketEvent Of(TicketStamp stamp) =>
        new(stamp.TicketId, stamp.Version, stamp.Version == 1 ? TicketEventKind.Created : TicketEventKind.Changed);
}
