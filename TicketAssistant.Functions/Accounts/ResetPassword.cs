using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Functions.OpenApi;

namespace TicketAssistant.Functions.Accounts;

/// <summary>POST /api/auth/reset.</summary>
public sealed class ResetPassword(PasswordReset reset, RateLimits limits)
{
    /// <summary>204; the password is set, and every earlier token of the account is dead. 400 for a bad, used or expired token; 429.</summary>
    [Function(nameof(ResetPassword))]
    [Access(Access.Anyone)]
    [Operation("Sets a new password with the token of such a mail", Body = typeof(ResetRequest))]
    [Reply(204, "It is set; every earlier bearer token of the account is dead.")]
    [Failure(429, "Too many requests", "There were too many requests of this kind from here of late. Try again in 30 s.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/auth/reset")] HttpRequest request, CancellationToken cancellationToken)
    {
        limits.Take(LimitedAction.Reset, request);
        await reset.SetAsync(await request.ReadJsonAsync<ResetRequest>(cancellationToken), limits.AddressOf(request), cancellationToken);
        return Results.NoContent();
    }
}
