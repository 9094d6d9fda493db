using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Accounts;

/// <summary>PATCH /api/auth/me.</summary>
public sealed class UpdateMe(AccountService accounts)
{
    /// <summary>200 with the account, and with a new token after a new password; 400, also for a wrong old password.</summary>
    [Function(nameof(UpdateMe))]
    [Access(Access.User)]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/auth/me")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadJsonAsync<UpdateMeRequest>(cancellationToken);
        return JsonResults.Ok(await accounts.UpdateMeAsync(request.CurrentUser(), body, cancellationToken));
    }
}
