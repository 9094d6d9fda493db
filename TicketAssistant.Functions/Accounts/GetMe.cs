using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;

namespace TicketAssistant.Functions.Accounts;

/// <summary>GET /api/auth/me.</summary>
public static class GetMe
{
    /// <summary>200 with the caller's own account.</summary>
    [Function(nameof(GetMe))]
    [Access(Access.User)]
    [Operation("The caller's own account")]
    [Reply(200, "The account.", typeof(UserReply))]
    public static IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/auth/me")] HttpRequest request) =>
        JsonResults.Ok(new UserReply(UserView.Of(request.CurrentUser())));
}
