using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Functions.OpenApi;
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
    [Operation("Asks for a mail with a link to set a new password", Body = typeof(ForgotRequest))]
    [Reply(202, "If this is the confirmed address of an account, a mail is on its way.")]
    [Failure(429, "Too many requests", "Several mails for a new password are on their way to this address; look for them first. Try again in 600 s.")]
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
