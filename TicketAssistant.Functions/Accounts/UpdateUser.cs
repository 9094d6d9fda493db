using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Accounts;

/// <summary>POST /api/auth/update-user.</summary>
public sealed class UpdateUser(AccountService accounts, ILogger<UpdateUser> logger)
{
    /// <summary>200 with the account; 400; 404 where it is unknown; 409 where it would take away the last admin or the caller's own account.</summary>
    [Function(nameof(UpdateUser))]
    [Access(Access.Admin)]
    [Operation("Changes anybody's account", Body = typeof(UpdateUserRequest))]
    [Reply(200, "The account.", typeof(UserReply))]
    [Failure(404, "No such user", "There is no account with this e-mail address.")]
    [Failure(409, "Last admin", "This is the last admin. Make somebody else one first.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/auth/update-user")] HttpRequest request,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var body = await request.ReadJsonAsync<UpdateUserRequest>(cancellationToken);
        var user = await accounts.UpdateUserAsync(request.CurrentUser(), body, cancellationToken);
        if (!user.Active) await TryReleaseAsync(user, durable);
        // Whoever has come back, has room again or is new may be whom a ticket waits for.
        await durable.TryRequestHandOutAsync(logger);
        return JsonResults.Ok(new UserReply(UserView.Of(user)));
    }

    /// <summary>The account is closed whether or not this works: the timer is behind it.</summary>
    private async Task TryReleaseAsync(User user, DurableTaskClient durable)
    {
        try
        {
            await durable.ReleaseTicketsAsync(user.Id);
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "The tickets of user {UserId} could not be given to others at once; the timer does it.", user.Id);
        }
    }
}
