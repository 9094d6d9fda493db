using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Accounts.Closing;
using TicketAssistant.Functions.Notifications;

namespace TicketAssistant.Functions.Triage;

/// <summary>Starting orchestrations under ids of their own.</summary>
internal static class DurableStarts
{
    /// <summary>Schedules an orchestration.</summary>
    /// <exception cref="OrchestrationAlreadyExistsException">The id exists in one of the dedupe statuses.</exception>
    /// <exception cref="DurableUnavailableException">It is not scheduled; which exception says so differs between the flavours.</exception>
    public static async Task ScheduleAsync(this DurableTaskClient durable, string orchestrator, object? input, StartOrchestrationOptions options)
    {
        try
        {
            await durable.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, options, CancellationToken.None);
        }
        catch (Exception e) when (e is not OrchestrationAlreadyExistsException)
        {
            throw new DurableUnavailableException($"'{options.InstanceId}' could not be scheduled: {e.Message}", e);
        }
    }

    /// <summary>
    /// Starts an orchestration unless one of this id is under way. Older extensions ignore the dedupe statuses and replace
    /// it: harmless, because every activity may be repeated.
    /// </summary>
    /// <exception cref="DurableUnavailableException">It is not scheduled.</exception>
    public static async Task StartUnlessRunningAsync(this DurableTaskClient durable, string orchestrator, string instanceId, object? input)
    {
        var options = new StartOrchestrationOptions(instanceId).WithDedupeStatuses(
            OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended);
        try
        {
            await durable.ScheduleAsync(orchestrator, input, options);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Under way already, which is what was wanted.
        }
    }

    /// <summary>Has an owed mail sent, unless that is under way.</summary>
    public static Task SendMailAsync(this DurableTaskClient durable, MailKey key) =>
        durable.StartUnlessRunningAsync(nameof(MailOrchestrator), key.InstanceId, key);

    /// <summary>Has the open tickets of a closed account given to others.</summary>
    public static Task ReleaseTicketsAsync(this DurableTaskClient durable, Guid userId) =>
        durable.StartUnlessRunningAsync(nameof(ReleaseOrchestrator), ReleaseOrchestrator.InstanceId(userId), userId);

    /// <summary>Has waiting tickets handed out.</summary>
    public static Task RequestHandOutAsync(this DurableTaskClient durable) =>
        durable.StartUnlessRunningAsync(nameof(HandOutOrchestrator), HandOutOrchestrator.InstanceId, null);

    /// <summary>The same after a change of people, which is made whether or not this works: the timer is behind it.</summary>
    public static async Task TryRequestHandOutAsync(this DurableTaskClient durable, ILogger logger)
    {
        try
        {
            await durable.RequestHandOutAsync();
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "Waiting tickets could not be handed out at once; the timer does it.");
        }
    }
}
