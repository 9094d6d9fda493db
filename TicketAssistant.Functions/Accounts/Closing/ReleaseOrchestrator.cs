using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Accounts.Closing;

/// <summary>
/// Takes the open tickets of a closed account away from it, so that they are handed out anew. One instance an account; whatever is
/// repeated or interrupted, a ticket that is no longer theirs stays where it is.
/// </summary>
public static class ReleaseOrchestrator
{
    /// <summary>The id under which one runs.</summary>
    public static string InstanceId(Guid userId) => $"release-{userId}";

    /// <summary>Ends when the account has no open tickets left, or is open again.</summary>
    [Function(nameof(ReleaseOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var userId = context.GetInput<Guid>();
        var tickets = await context.CallActivityAsync<Guid[]>(nameof(ListTicketsToRelease), userId, ActivityRetries.Store);
        foreach (var ticketId in tickets)
            await context.CallActivityAsync(nameof(ReleaseTicket), new TicketRelease(ticketId, userId), ActivityRetries.Store);

        // A history must not grow with the number of tickets.
        if (tickets.Length > 0) context.ContinueAsNew(userId);
    }
}
