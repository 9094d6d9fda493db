using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Accounts;

/// <summary>POST /api/auth/forgot.</summary>
public sealed class ForgotPassword(PasswordReset reset, RateLimits limits)
{
    /// <summary>
    /// 202 for every address: if it is the confirmed one of an account, a mail with a link is on its way, which is good for half an
    /// hour. 400 for what is no address; 429 after too many.
    /// </summary>
    [Function(nameof(ForgotPassword))]
    [Access(Access.Anyone)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/auth/forgot")] HttpRequest request,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        limits.Take(LimitedAction.Reset, request);
        var mail = await reset.AskAsync(await request.ReadJsonAsync<ForgotRequest>(cancellationToken), cancellationToken);
        await durable.SendMailAsync(mail);
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }
}
