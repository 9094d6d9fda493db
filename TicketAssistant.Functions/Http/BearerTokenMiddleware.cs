using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using TicketAssistant.Functions.Accounts;

namespace TicketAssistant.Functions.Http;

/// <summary>
/// Lets an HTTP function run only for those whom its <see cref="AccessAttribute"/> names. The token says who somebody is; what
/// they may do is read from the store, so that a logout, a new password or another role counts at once.
/// </summary>
internal sealed class BearerTokenMiddleware(FunctionAccess functions, Authenticator authenticator) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        if (context.GetHttpContext() is not { } http) return next(context);
        var access = functions.Of(context.FunctionDefinition.Name);
        return access == Access.Anyone ? next(context) : RunAsync(context, http, access, next);
    }

    private async Task RunAsync(FunctionContext context, HttpContext http, Access access, FunctionExecutionDelegate next)
    {
        var user = await authenticator.FindUserAsync(http.Request, context.CancellationToken) ?? throw new ProblemException(
            StatusCodes.Status401Unauthorized, "Log in first", "The bearer token is missing, malformed, expired or no longer valid.");
        if (user.Role < Needed(access))
        {
            throw new ProblemException(StatusCodes.Status403Forbidden, "Not allowed", "Your role does not allow this.");
        }

        http.SetCurrentUser(user);
        await next(context);
    }

    private static Role Needed(Access access) => access switch
    {
        Access.User => Role.User,
        Access.Moderator => Role.Moderator,
        Access.Admin => Role.Admin,
        _ => throw new ArgumentOutOfRangeException(nameof(access), access, "Needs no role."),
    };
}
