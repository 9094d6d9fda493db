using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Accounts;

/// <summary>POST /api/auth/signup.</summary>
public sealed class Signup(AccountService accounts)
{
    /// <summary>201 with the account and a token; 400; 409 where the address is taken.</summary>
    [Function(nameof(Signup))]
    [Access(Access.Anyone)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/auth/signup")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadJsonAsync<SignupRequest>(cancellationToken);
        return JsonResults.Created("/api/auth/me", await accounts.SignUpAsync(body, cancellationToken));
    }
}
