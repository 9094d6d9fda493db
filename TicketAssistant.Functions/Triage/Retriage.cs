using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage;

/// <summary>Starts another triage of a ticket, as its next revision.</summary>
public sealed class Retriage(AnalysisRecorder recorder)
{
    // One that failed or was terminated before it had begun may be started again under its id.
    private static readonly OrchestrationRuntimeStatus[] Taken =
    [
        OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed,
    ];

    /// <summary>The triage that was started, or null where one is under way.</summary>
    /// <param name="ticket">As it is in the store.</param>
    /// <param name="options">What it is steered by.</param>
    /// <param name="durable">Where it is scheduled.</param>
    /// <param name="cancellationToken">Gives up; without effect once it is scheduled.</param>
    /// <exception cref="DurableUnavailableException">It could not be scheduled.</exception>
    /// <exception cref="StoreUnavailableException">The store is away; where it had been scheduled, it goes its way all the same.</exception>
    public async Task<TriageKey?> StartAsync(Ticket ticket, TriageOptions options, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var current = new TriageKey(ticket.Id, ticket.Triage.Revision);
        if (await IsUnderWayAsync(current, durable, cancellationToken)) return null;

        var next = current with { Revision = current.Revision + 1 };
        try
        {
            await durable.ScheduleAsync(
                nameof(TriageOrchestrator), new TriageInput(null, next.Revision, options, TicketId: ticket.Id),
                new StartOrchestrationOptions(next.InstanceId).WithDedupeStatuses(Taken));
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return null;
        }

        await recorder.MarkPendingAsync(next, CancellationToken.None);
        return next;
    }

    /// <summary>
    /// True while it analyses, waits for a person or assigns. One that only has its mails to deliver changes the ticket no more,
    /// and may be at it for days where the mail server is down.
    /// </summary>
    private static async Task<bool> IsUnderWayAsync(TriageKey key, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var instance = await durable.GetInstanceAsync(key.InstanceId, getInputsAndOutputs: true, cancellationToken);
        return instance?.RuntimeStatus is OrchestrationRuntimeStatus.Pending or OrchestrationRuntimeStatus.Running or OrchestrationRuntimeStatus.Suspended
            && instance.ReadCustomStatusAs<TriageProgress>()?.Step is not ("notifying" or "waiting_for_assignee");
    }
}
