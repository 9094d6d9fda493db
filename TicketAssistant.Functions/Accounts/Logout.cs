using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;

namespace TicketAssistant.Functions.Accounts;

/// <summary>POST /api/auth/logout.</summary>
public sealed class Logout(AccountService accounts)
{
    /// <summary>204; every token of the caller is dead.</summary>
    [Function(nameof(Logout))]
    [Access(Access.User)]
    [Operation("Ends every log-in of the caller")]
    [Reply(204, "Every token of the caller is dead.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/auth/logout")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        await accounts.LogOutAsync(request.CurrentUser(), cancellationToken);
        return Results.NoContent();
    }
}
