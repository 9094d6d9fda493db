using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Accounts.Data;

/// <summary>Forgets a person in one page of all tickets: no index knows who is named in a timeline.</summary>
public sealed class EraseTickets(ITicketStore tickets, IUserStore users)
{
    private const int AtOnce = 100;

    /// <summary>Returns where the next page begins; null after the last one, or where the account was opened again.</summary>
    /// <exception cref="InvalidOperationException">A triage of theirs is being ended; to be tried again.</exception>
    [Function(nameof(EraseTickets))]
    public async Task<string?> RunAsync([ActivityTrigger] ErasePage page, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(page.UserId, cancellationToken) is not { Active: false }) return null;
        var found = await tickets.ListAsync(new TicketQuery { Limit = AtOnce, Cursor = page.Cursor }, cancellationToken);
        var erasure = new TicketErasure(page.UserId);
        foreach (var ticket in found.Items)
        {
            // The history first: its first activity would store the ticket's text again.
            if (ticket.CreatedBy.Id == page.UserId) await PurgeAsync(ticket, durable, cancellationToken);
            while (await EraseAsync(ticket.Id, erasure, cancellationToken) == UpdateResult.Stale) cancellationToken.ThrowIfCancellationRequested();
        }

        return found.Next;
    }

    private static async Task PurgeAsync(Ticket ticket, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        for (var revision = 1; revision <= ticket.Triage.Revision; revision++)
        {
            var instanceId = new TriageKey(ticket.Id, revision).InstanceId;
            await durable.PurgeInstanceAsync(instanceId, cancellationToken);
            if (await durable.GetInstanceAsync(instanceId, cancellationToken) is null) continue;
            await durable.TerminateInstanceAsync(instanceId, cancellationToken);
            throw new InvalidOperationException($"The triage {instanceId} is being ended; its history is purged after.");
        }
    }

    private async Task<UpdateResult> EraseAsync(Guid ticketId, TicketErasure erasure, CancellationToken cancellationToken)
    {
        if (await tickets.FindAsync(ticketId, null, cancellationToken) is not { } ticket) return UpdateResult.Updated;
        var entries = await tickets.ListTimelineAsync(new TimelineQuery(ticketId, 0, int.MaxValue, PublicOnly: false), cancellationToken);
        var left = erasure.Of(ticket);
        var leftEntries = entries.Select(entry => erasure.Of(entry, ticket)).ToList();
        return left == ticket && leftEntries.SequenceEqual(entries)
            ? UpdateResult.Updated
            : await tickets.RewriteAsync(left, leftEntries, cancellationToken);
    }
}
