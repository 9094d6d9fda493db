using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Accounts;

/// <summary>POST /api/auth/update-user.</summary>
public sealed class UpdateUser(AccountService accounts)
{
    /// <summary>200 with the account; 400; 404 where it is unknown; 409 where it would take away the last admin.</summary>
    [Function(nameof(UpdateUser))]
    [Access(Access.Admin)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/auth/update-user")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadJsonAsync<UpdateUserRequest>(cancellationToken);
        return JsonResults.Ok(await accounts.UpdateUserAsync(body, cancellationToken));
    }
}
