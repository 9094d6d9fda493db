using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Tickets;

/// <summary>
/// Earlier tickets that look like one, for staff. Looked up when somebody reads the ticket and not when it is triaged: what has
/// become of them meanwhile is what helps.
/// </summary>
internal static class SimilarTickets
{
    private const int Most = 3;

    public static Task<IReadOnlyList<Ticket>> ListAsync(ITicketStore tickets, Ticket ticket, CancellationToken cancellationToken) =>
        tickets.ListSimilarAsync(ticket, Most, cancellationToken);

    /// <summary>The ticket's notes with a line for each similar one; null where there is neither.</summary>
    public static async Task<string?> AddToNotesAsync(ITicketStore tickets, Ticket ticket, CancellationToken cancellationToken)
    {
        var similar = await ListAsync(tickets, ticket, cancellationToken);
        if (similar.Count == 0) return ticket.HelpfulNotes;
        var lines = similar.Select(other =>
            $"Looks like #{other.Id.ToString("N")[^8..]} \"{other.Title}\" ({EnumNames<TicketStatus>.Of(other.Status)}{(SolvedBy(other) is { } person ? $" by {person.Name}" : "")}).");
        return string.Join('\n', lines.Prepend(ticket.HelpfulNotes).Where(line => !string.IsNullOrEmpty(line)));
    }

    /// <summary>Who had it when it was done; null while it isn't.</summary>
    public static PersonRef? SolvedBy(Ticket ticket) => ticket.Status == TicketStatus.Done ? ticket.AssignedTo : null;
}
