using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Accounts.Closing;

/// <summary>Finds open tickets of a closed account.</summary>
public sealed class ListTicketsToRelease(IUserStore users, ITicketStore tickets)
{
    private const int AtOnce = 50;

    private static readonly TicketStatus[] Open = [TicketStatus.Todo, TicketStatus.InProgress, TicketStatus.Waiting];

    /// <summary>Some of them; none where there are none, or where the account is open again.</summary>
    [Function(nameof(ListTicketsToRelease))]
    public async Task<Guid[]> RunAsync([ActivityTrigger] Guid userId, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(userId, cancellationToken) is not { Active: false }) return [];
        var found = new List<Guid>();
        foreach (var status in Open)
        {
            var page = await tickets.ListAsync(new TicketQuery { AssigneeId = userId, Status = status, Limit = AtOnce }, cancellationToken);
            found.AddRange(page.Items.Select(ticket => ticket.Id));
        }

        return [.. found];
    }
}
