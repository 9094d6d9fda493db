using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Accounts;

/// <summary>GET /api/auth/users.</summary>
public sealed class ListUsers(AccountService accounts)
{
    /// <summary>200 with a page of accounts, by address; 400 for a bad filter, limit or cursor.</summary>
    [Function(nameof(ListUsers))]
    [Access(Access.Admin)]
    [Operation("Accounts, by address", Paged = true)]
    [Parameter("role", "Only those of this role.", typeof(Role))]
    [Parameter("q", "Only those whose name or address contains this.", Example = "mia")]
    [Reply(200, "A page of them.", typeof(UserListReply))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/auth/users")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var query = new UserQuery(
            request.QueryEnum<Role>("role"), request.QueryText("q"), request.QueryLimit(), request.QueryText("cursor"));
        return JsonResults.Ok(await accounts.ListAsync(query, cancellationToken));
    }
}
