using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage;

/// <summary>Where a ticket stands in a list: its sort key.</summary>
/// <param name="Priority">Counts only in <see cref="TicketSort.Priority"/>.</param>
/// <param name="Time">When it changed last in <see cref="TicketSort.Updated"/>, when it was created in all others.</param>
/// <param name="Id">Decides between equals.</param>
internal readonly record struct TicketPosition(TicketPriority Priority, DateTimeOffset Time, Guid Id)
{
    public static TicketPosition Of(Ticket ticket, TicketSort sort) =>
        new(ticket.Priority, sort == TicketSort.Updated ? ticket.UpdatedAt : ticket.CreatedAt, ticket.Id);
}
