using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Functions.OpenApi;

namespace TicketAssistant.Functions.Accounts;

/// <summary>POST /api/auth/login.</summary>
public sealed class Login(AccountService accounts, RateLimits limits)
{
    /// <summary>200 with the account and a token; 400; 401 for an unknown address and a wrong password alike; 429 after too many.</summary>
    [Function(nameof(Login))]
    [Access(Access.Anyone)]
    [Operation("Logs in", Body = typeof(LoginRequest))]
    [Reply(200, "The account and a token.", typeof(SessionReply))]
    [Failure(401, "Not logged in", "The e-mail address or the password is wrong.")]
    [Failure(429, "Too many requests", "Too many log-ins to this account have failed. Try again in 30 s.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/auth/login")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        limits.Take(LimitedAction.Login, request);
        var body = await request.ReadJsonAsync<LoginRequest>(cancellationToken);
        return JsonResults.Ok(await accounts.LogInAsync(body, limits.AddressOf(request), cancellationToken));
    }
}
