using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Accounts;

/// <summary>POST /api/auth/login.</summary>
public sealed class Login(AccountService accounts)
{
    /// <summary>200 with the account and a token; 400; 401 for an unknown address and a wrong password alike.</summary>
    [Function(nameof(Login))]
    [Access(Access.Anyone)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/auth/login")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadJsonAsync<LoginRequest>(cancellationToken);
        return JsonResults.Ok(await accounts.LogInAsync(body, cancellationToken));
    }
}
