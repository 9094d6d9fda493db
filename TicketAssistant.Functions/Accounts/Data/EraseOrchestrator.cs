using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Accounts.Data;

/// <summary>
/// Forgets a person whose account is closed: the account, their tickets with their durable histories, their name in everybody
/// else's, and what mail servers said about their address. Every step may be repeated.
/// </summary>
public static class EraseOrchestrator
{
    /// <summary>The id under which one runs.</summary>
    public static string InstanceId(Guid userId) => $"erase-{userId}";

    /// <summary>Ends when nothing of the person is left but their id.</summary>
    [Function(nameof(EraseOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var page = context.GetInput<ErasePage>() ?? throw new InvalidOperationException("An erasure needs an input.");
        // The account first: from then on nobody's name or address is copied from it.
        if (page.Cursor is null) await context.CallActivityAsync(nameof(EraseAccount), page.UserId, ActivityRetries.Store);
        var next = await context.CallActivityAsync<string?>(nameof(EraseTickets), page, ActivityRetries.Store);
        if (next is not null) context.ContinueAsNew(page with { Cursor = next });
    }
}
