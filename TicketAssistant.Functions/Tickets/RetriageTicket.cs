using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Tickets;

/// <summary>POST /api/tickets/{id}/triage.</summary>
public sealed class RetriageTicket(ITicketStore tickets, Retriage retriage, AuditTrail audit, TriageOptions options)
{
    /// <summary>
    /// 202 when another triage is on its way, as the next revision; what a person has set stays as it is. 403 for who is neither
    /// an admin nor the assignee; 404; 409 while one is under way, or where the ticket is DONE.
    /// </summary>
    [Function(nameof(RetriageTicket))]
    [Access(Access.Moderator)]
    [Operation("Triages a ticket again")]
    [Reply(202, "Another triage is on its way.", typeof(RetriageReply), Headers = ["Location"])]
    [Failure(409, "Triage under way", "This ticket is being triaged; wait until that has ended.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tickets/{id:guid}/triage")] HttpRequest request,
        Guid id,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var user = request.CurrentUser();
        var ticket = await tickets.FindVisibleAsync(id, user, cancellationToken);
        if (user.Role != Role.Admin && ticket.AssignedTo?.Id != user.Id)
            throw new ProblemException(StatusCodes.Status403Forbidden, "Not allowed", "Only an admin or the ticket's assignee may have it triaged again.");
        if (ticket.Status == TicketStatus.Done)
            throw new ProblemException(StatusCodes.Status409Conflict, "Ticket is done", "The ticket is DONE; reopen it first.");

        await audit.RecordAsync(user, AuditAction.TicketRetriaged, id.ToString("D"), cancellationToken);
        var started = await retriage.StartAsync(ticket, options, durable, cancellationToken) ?? throw new ProblemException(
            StatusCodes.Status409Conflict, "Triage under way", "This ticket is being triaged; wait until that has ended.");
        return JsonResults.Accepted($"/api/tickets/{id}/triage", new RetriageReply(started.Revision, started.InstanceId));
    }
}
