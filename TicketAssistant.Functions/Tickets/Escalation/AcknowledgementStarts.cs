using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Tickets.Escalation;

/// <summary>Has assignees watched over.</summary>
internal static class AcknowledgementStarts
{
    /// <summary>Starts the clock of what this ticket awaits, unless it runs; nothing where it awaits nothing.</summary>
    public static Task AwaitAcknowledgementAsync(this DurableTaskClient durable, Ticket? ticket, AcknowledgementLimits limits) =>
        ticket?.Acknowledgement is { } awaited
            ? durable.StartUnlessRunningAsync(
                nameof(AcknowledgementOrchestrator),
                AcknowledgementInput.InstanceId(ticket.Id, awaited.Number),
                new AcknowledgementInput(ticket.Id, awaited.Number, awaited.DueAt, limits))
            : Task.CompletedTask;

    /// <summary>Has a clock look at its ticket, where it still runs. Otherwise there is nobody to tell, which is as good.</summary>
    public static async Task TellActedAsync(this DurableTaskClient durable, Guid ticketId, long number)
    {
        var instanceId = AcknowledgementInput.InstanceId(ticketId, number);
        // The real client may throw where nothing runs under the id. Should it end right here, whoever calls this tries again.
        if (await durable.GetInstanceAsync(instanceId, CancellationToken.None) is { IsCompleted: false })
            await durable.RaiseEventAsync(instanceId, AcknowledgementOrchestrator.Acted, true, CancellationToken.None);
    }
}
