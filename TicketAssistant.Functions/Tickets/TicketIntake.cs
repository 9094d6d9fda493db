using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Telemetry;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Tickets;

/// <summary>
/// Accepts tickets. A ticket is accepted when its orchestration is scheduled: from then on it cannot be lost, whatever
/// happens to this process or the store, because the orchestration's first activity stores it.
/// </summary>
public sealed class TicketIntake(ITicketStore tickets, TriageOptions options, TimeProvider time, ILogger<TicketIntake> logger)
{
    // What the store may take of a request that is accepted already.
    private static readonly TimeSpan StorePatience = TimeSpan.FromSeconds(2);

    private static readonly OrchestrationRuntimeStatus[] AnyStatus =
    [
        OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
    ];

    /// <summary>Accepts a ticket, or finds the one that the same requester posted before under the same key.</summary>
    /// <param name="requester">Who posts it.</param>
    /// <param name="request">Cleaned.</param>
    /// <param name="idempotencyKey">The Idempotency-Key header, or null.</param>
    /// <param name="durable">Where it is scheduled.</param>
    /// <param name="cancellationToken">The client's patience; without effect once the ticket is accepted.</param>
    /// <returns>The ticket, and whether it is new.</returns>
    /// <exception cref="ProblemException">422: the key was used for another text. 503: not accepted; nothing is stored.</exception>
    public async Task<(Ticket Ticket, bool IsNew)> AcceptAsync(
        User requester, CreateTicketRequest request, string? idempotencyKey, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var id = TicketId.For(requester.Id, idempotencyKey);
        var key = new TriageKey(id, 1);
        AppTelemetry.Concerns(id);
        if (idempotencyKey is not null && await FindEarlierAsync(key, requester, durable, cancellationToken) is { } earlier)
            return (SameText(earlier, request), false);

        var now = time.GetStoreNow();
        var ticket = new Ticket
        {
            Id = id,
            Title = request.Title,
            Description = request.Description,
            CreatedBy = new PersonRef(requester.Id, requester.Email, requester.Name),
            CreatedAt = now,
            UpdatedAt = now,
        };
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await durable.ScheduleNewOrchestrationInstanceAsync(
                nameof(TriageOrchestrator), new TriageInput(ticket, key.Revision, options, TellRequester: true),
                new StartOrchestrationOptions(key.InstanceId).WithDedupeStatuses(AnyStatus), CancellationToken.None);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Somebody posted the same key between our look and our start.
            var other = await FindEarlierAsync(key, requester, durable, CancellationToken.None);
            return (SameText(other ?? throw NotAccepted(null), request), false);
        }
        catch (Exception e)
        {
            throw NotAccepted(e);
        }

        AppTelemetry.Accepted();
        await StoreSoonAsync(ticket);
        return (ticket, true);
    }

    /// <summary>The ticket that was accepted under this id: from the store, or from the orchestration that has yet to store it.</summary>
    private async Task<Ticket?> FindEarlierAsync(TriageKey key, User requester, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        if (await tickets.FindAsync(key.TicketId, requester.Id, cancellationToken) is { } stored) return stored;
        var instance = await durable.GetInstanceAsync(key.InstanceId, getInputsAndOutputs: true, cancellationToken);
        return instance?.ReadInputAs<TriageInput>()?.Ticket;
    }

    private async Task StoreSoonAsync(Ticket ticket)
    {
        using var patience = new CancellationTokenSource(StorePatience, time);
        try
        {
            await tickets.InsertIfAbsentAsync(ticket, patience.Token);
        }
        catch (Exception e) when (e is StoreUnavailableException or OperationCanceledException)
        {
            logger.LogWarning("Ticket {TicketId} is accepted but the store is away ({Reason}); its orchestration stores it.", ticket.Id, e.Message);
        }
    }

    private static Ticket SameText(Ticket earlier, CreateTicketRequest request) =>
        earlier.Title == request.Title && earlier.Description == request.Description
            ? earlier
            : throw new ProblemException(
                422, "Idempotency-Key reused", "This Idempotency-Key was used for a ticket with another text. Use a new key for a new ticket.");

    private ProblemException NotAccepted(Exception? cause)
    {
        logger.LogError(cause, "A ticket could not be accepted: scheduling failed.");
        return new ProblemException(
            503, "Not accepted", "The ticket could not be accepted just now and is not stored. Send it again with the same Idempotency-Key.", retryAfterSeconds: 5);
    }
}
