using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Accounts;

/// <summary>PATCH /api/auth/me.</summary>
public sealed class UpdateMe(AccountService accounts, RateLimits limits, ILogger<UpdateMe> logger)
{
    /// <summary>200 with the account, and with a new token after a new password; 400, also for a wrong old password.</summary>
    [Function(nameof(UpdateMe))]
    [Access(Access.User)]
    [Operation("Changes the caller's own account", Body = typeof(UpdateMeRequest))]
    [Reply(200, "The account, and after a new password a new token.", typeof(UpdateMeReply))]
    [Failure(429, "Too many requests", "Too many log-ins to this account have failed. Try again in 30 s.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/auth/me")] HttpRequest request,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadJsonAsync<UpdateMeRequest>(cancellationToken);
        var reply = await accounts.UpdateMeAsync(request.CurrentUser(), body, limits.AddressOf(request), cancellationToken);
        // Whoever has come back may be whom a ticket waits for.
        if (body.Away == false) await durable.TryRequestHandOutAsync(logger);
        return JsonResults.Ok(reply);
    }
}
