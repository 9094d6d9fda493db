using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Functions.OpenApi;

namespace TicketAssistant.Functions.Tickets;

/// <summary>POST /api/tickets.</summary>
public sealed class CreateTicket(TicketIntake intake, RateLimits limits)
{
    /// <summary>201 with the accepted ticket; 200 with the earlier one for a repeated Idempotency-Key; 400, 413, 422, 429, 503.</summary>
    [Function(nameof(CreateTicket))]
    [Access(Access.User)]
    [Operation("Posts a ticket", Body = typeof(CreateTicketRequest))]
    [Parameter("Idempotency-Key", "1 to 200 printable ASCII characters: the same key and text give the same ticket, however often it is sent.", In = "header", Max = 200, Example = "order-4711-broken")]
    [Reply(201, "The accepted ticket.", typeof(TicketReply), Headers = ["Location"])]
    [Reply(200, "The ticket that was accepted earlier under this key.", typeof(TicketReply))]
    [Failure(422, "Idempotency-Key reused", "This Idempotency-Key was used for a ticket with another text. Use a new key for a new ticket.")]
    [Failure(503, "Not accepted", "The ticket could not be accepted just now and is not stored. Send it again with the same Idempotency-Key.")]
    [Failure(429, "Too many requests", "There were too many requests of this kind from here of late. Try again in 30 s.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tickets")] HttpRequest request,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var user = request.CurrentUser();
        limits.Take(LimitedAction.Ticket, request, user);
        var body = TicketText.Clean(await request.ReadJsonAsync<CreateTicketRequest>(cancellationToken));
        var key = request.Headers.TryGetValue("Idempotency-Key", out var keys) ? keys.ToString() : null;
        var (ticket, isNew) = await intake.AcceptAsync(user, body, key, durable, cancellationToken);
        var reply = new TicketReply(TicketView.Of(ticket, user));
        return isNew ? JsonResults.Created($"/api/tickets/{ticket.Id}", reply) : JsonResults.Ok(reply);
    }
}
