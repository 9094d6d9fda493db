using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Limits;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Accounts;

/// <summary>POST /api/auth/signup.</summary>
public sealed class Signup(AccountService accounts, AddressConfirmation confirmation, RateLimits limits, ILogger<Signup> logger)
{
    /// <summary>201 with the account and a token, and a mail with a confirmation link on its way; 400; 409 where the address is taken; 429 after too many.</summary>
    [Function(nameof(Signup))]
    [Access(Access.Anyone)]
    [Operation("Makes an account", Body = typeof(SignupRequest))]
    [Reply(201, "The account and a token.", typeof(SessionReply), Headers = ["Location"])]
    [Failure(409, "Address taken", "There is an account with this e-mail address.")]
    [Failure(429, "Too many requests", "There were too many requests of this kind from here of late. Try again in 30 s.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/auth/signup")] HttpRequest request,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        limits.Take(LimitedAction.Signup, request);
        var body = await request.ReadJsonAsync<SignupRequest>(cancellationToken);
        var session = await accounts.SignUpAsync(body, cancellationToken);
        await WelcomeAsync(session.User.Id, durable);
        return JsonResults.Created("/api/auth/me", session);
    }

    /// <summary>The account is made whether or not this works: what is owed is taken up by a timer, and another mail can be asked for.</summary>
    private async Task WelcomeAsync(Guid userId, DurableTaskClient durable)
    {
        var welcome = AddressConfirmation.FirstWelcomeOf(userId);
        try
        {
            await confirmation.OweAsync(welcome, CancellationToken.None);
            await durable.SendMailAsync(welcome);
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "The welcome to user {UserId} could not be sent at once.", userId);
        }
    }
}
