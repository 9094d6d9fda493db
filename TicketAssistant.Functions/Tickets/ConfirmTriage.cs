using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;

namespace TicketAssistant.Functions.Tickets;

/// <summary>POST /api/tickets/{id}/triage/confirm.</summary>
public sealed class ConfirmTriage(ProposalReview review)
{
    /// <summary>
    /// 200 with the ticket as it goes ahead; the same again where the same person says the same again. 400; 404; 409 where the
    /// proposal waits no longer, or the version is stale.
    /// </summary>
    [Function(nameof(ConfirmTriage))]
    [Access(Access.Moderator)]
    [Operation("Confirms or corrects a proposal", Body = typeof(ConfirmTriageRequest))]
    [Reply(200, "The ticket as it goes ahead.", typeof(TicketReply))]
    [Failure(409, "Not awaiting confirmation", "This ticket does not wait for a confirmation (any more).")]
    [Failure(409, "Stale version", "The ticket has changed since you saw it. Look at it again and repeat what still applies.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tickets/{id:guid}/triage/confirm")] HttpRequest request,
        Guid id,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var user = request.CurrentUser();
        var body = await request.ReadJsonAsync<ConfirmTriageRequest>(cancellationToken);
        var ticket = await review.ConfirmAsync(id, user, body, durable, cancellationToken);
        return JsonResults.Ok(new TicketReply(TicketView.Of(ticket, user)));
    }
}
