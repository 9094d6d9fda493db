using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Tickets;

/// <summary>POST /api/tickets.</summary>
public sealed class CreateTicket(TicketIntake intake)
{
    /// <summary>201 with the accepted ticket; 200 with the earlier one for a repeated Idempotency-Key; 400, 413, 422, 503.</summary>
    [Function(nameof(CreateTicket))]
    [Access(Access.User)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tickets")] HttpRequest request,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var user = request.CurrentUser();
        var body = TicketText.Clean(await request.ReadJsonAsync<CreateTicketRequest>(cancellationToken));
        var key = request.Headers.TryGetValue("Idempotency-Key", out var keys) ? keys.ToString() : null;
        var (ticket, isNew) = await intake.AcceptAsync(user, body, key, durable, cancellationToken);
        var reply = new TicketReply(TicketView.Of(ticket, user));
        return isNew ? JsonResults.Created($"/api/tickets/{ticket.Id}", reply) : JsonResults.Ok(reply);
    }
}
