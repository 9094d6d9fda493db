using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets.Timeline;

/// <summary>Reads a ticket's whole timeline: the creation, which is derived, and what is stored.</summary>
internal static class TimelinePages
{
    /// <summary>A page, oldest first.</summary>
    /// <param name="tickets">Where it is stored.</param>
    /// <param name="ticket">Whose timeline.</param>
    /// <param name="staff">False leaves out what is internal.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="cursor">The <see cref="Page{T}.Next"/> of an earlier page, or null. A malformed one throws <see cref="FormatException"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Page<TimelineEntry>> ReadTimelineAsync(
        this ITicketStore tickets, Ticket ticket, bool staff, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var after = cursor is null ? 0 : PageCursor.ParseEntry(cursor);
        List<TimelineEntry> entries = after == 0 ? [TimelineEntry.Created(ticket)] : [];
        // One more than asked for tells whether there is a next page.
        entries.AddRange(await tickets.ListTimelineAsync(new TimelineQuery(ticket.Id, Math.Max(after, 1), limit + 1 - entries.Count, !staff), cancellationToken));
        if (entries.Count <= limit) return new Page<TimelineEntry>(entries, null);
        entries.RemoveAt(limit);
        return new Page<TimelineEntry>(entries, PageCursor.OfEntry(entries[^1].Seq));
    }
}
