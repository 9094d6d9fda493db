using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Accounts;

/// <summary>POST /api/auth/confirm/mail.</summary>
public sealed class SendWelcome(AddressConfirmation confirmation)
{
    /// <summary>202; another mail with a confirmation link is on its way. 409 where the address is confirmed; 429 too soon or too often.</summary>
    [Function(nameof(SendWelcome))]
    [Access(Access.User)]
    [Operation("Sends another mail with a confirmation link")]
    [Reply(202, "It is on its way.")]
    [Failure(409, "Already confirmed", "This address is confirmed already.")]
    [Failure(429, "Too many mails", "Wait before you ask for another mail.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/auth/confirm/mail")] HttpRequest request,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var welcome = await confirmation.AskAgainAsync(request.CurrentUser(), cancellationToken);
        await confirmation.OweAsync(welcome, CancellationToken.None);
        await durable.SendMailAsync(welcome);
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }
}
