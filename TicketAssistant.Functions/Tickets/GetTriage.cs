using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Tickets;

/// <summary>GET /api/tickets/{id}/triage.</summary>
public sealed class GetTriage(ITicketStore tickets)
{
    /// <summary>200 with where the orchestration stands; 404 where the caller may not see the ticket.</summary>
    [Function(nameof(GetTriage))]
    [Access(Access.User)]
    [Operation("Where a ticket's triage stands")]
    [Reply(200, "Where it stands.", typeof(TriageStatusReply))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tickets/{id:guid}/triage")] HttpRequest request,
        Guid id,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var user = request.CurrentUser();
        var staff = user.Role >= Role.Moderator;
        var ticket = await tickets.FindVisibleAsync(id, user, cancellationToken);
        var instanceId = new TriageKey(id, ticket.Triage.Revision).InstanceId;
        var instance = await durable.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken);
        // A history is purged some time after its end; the ticket itself still knows how it ended.
        var progress = instance?.ReadCustomStatusAs<TriageProgress>();
        return JsonResults.Ok(new TriageStatusReply(
            ticket.Triage.State,
            progress?.Step ?? (instance is null ? "done" : "pending"),
            progress?.Attempts ?? 0,
            ticket.Triage.Source,
            ticket.Triage.Revision,
            staff ? instanceId : null,
            staff ? instance?.RuntimeStatus.ToString() : null,
            staff ? ticket.Triage.Reason : null,
            progress?.Until));
    }
}
