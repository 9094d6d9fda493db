using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage;

/// <summary>Short ways to use a ticket store.</summary>
public static class TicketStoreExtensions
{
    /// <summary>A change that has nothing to tell and entails nothing: see <see cref="ITicketStore.UpdateAsync"/>.</summary>
    public static Task<UpdateResult> UpdateAsync(this ITicketStore tickets, Ticket ticket, CancellationToken cancellationToken) =>
        tickets.UpdateAsync(new TicketChange(ticket), cancellationToken);
}
