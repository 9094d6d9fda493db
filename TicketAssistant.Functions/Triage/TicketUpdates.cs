using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage;

/// <summary>Read, change, write, and again when somebody else was faster.</summary>
internal static class TicketUpdates
{
    /// <summary>
    /// Stores what <paramref name="change"/> makes of the ticket; null from it means that nothing is to be changed. False when
    /// there is no such ticket.
    /// </summary>
    public static async Task<bool> ChangeAsync(
        this ITicketStore tickets, Guid id, Func<Ticket, TicketChange?> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await tickets.FindAsync(id, null, cancellationToken) is not { } ticket) return false;
            if (change(ticket) is not { } changed) return true;
            if (await tickets.UpdateAsync(changed, cancellationToken) == UpdateResult.Updated) return true;
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
