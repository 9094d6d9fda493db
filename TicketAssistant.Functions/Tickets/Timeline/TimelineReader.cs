using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets.Timeline;

/// <summary>
/// Reads a ticket's whole timeline: what is stored, and what is derived, namely the creation and, for staff, the mails that went out
/// about it. Those have no number; they stand between the entries by their time.
/// </summary>
public sealed class TimelineReader(ITicketStore tickets, IMailLedger mails, IUserStore users)
{
    /// <summary>A page, oldest first: at most <paramref name="limit"/> entries, and the mails between them.</summary>
    /// <param name="ticket">Whose timeline.</param>
    /// <param name="staff">False leaves out what is internal.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="cursor">The <see cref="Page{T}.Next"/> of an earlier page, or null. A malformed one throws <see cref="FormatException"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Page<TimelineEntry>> ReadAsync(Ticket ticket, bool staff, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var (after, since) = cursor is null ? (0, DateTimeOffset.MinValue) : PageCursor.ParseEntry(cursor);
        List<TimelineEntry> entries = after == 0 ? [TimelineEntry.Created(ticket)] : [];
        // One more than asked for tells whether there is a next page.
        entries.AddRange(await tickets.ListTimelineAsync(new TimelineQuery(ticket.Id, Math.Max(after, 1), limit + 1 - entries.Count, !staff), cancellationToken));
        var isLast = entries.Count <= limit;
        if (!isLast) entries.RemoveAt(limit);

        // A page has the mails up to its last entry. Clocks of several instances differ: the end never goes back.
        var until = isLast ? DateTimeOffset.MaxValue : entries.Select(entry => entry.At).Append(since).Max();
        var next = isLast ? null : PageCursor.OfEntry(entries[^1].Seq, until);
        if (staff) await AddMailsAsync(ticket, entries, since, until, cancellationToken);
        return new Page<TimelineEntry>(entries, next);
    }

    private async Task AddMailsAsync(
        Ticket ticket, List<TimelineEntry> entries, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var sent = (await mails.ListOfTicketAsync(ticket.Id, cancellationToken)).Where(mail => mail.SentAt > since && mail.SentAt <= until);
        var names = new Dictionary<Guid, User?>();
        foreach (var mail in sent.OrderBy(mail => mail.SentAt))
        {
            var recipient = mail.Key.RecipientId;
            if (!names.TryGetValue(recipient, out var person)) names[recipient] = person = await users.FindAsync(recipient, cancellationToken);
            var at = mail.SentAt!.Value;
            var position = entries.FindLastIndex(entry => entry.At <= at) + 1;
            entries.Insert(position, new TimelineEntry
            {
                Seq = 0,
                At = at,
                Actor = TimelineActor.System,
                Kind = TimelineKind.Mailed,
                Field = EnumNames<MailKind>.Of(mail.Key.Kind),
                To = person?.Name,
                ToId = recipient,
                Internal = true,
            });
        }
    }
}
