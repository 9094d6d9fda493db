using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;

namespace TicketAssistant.Functions.Accounts;

/// <summary>
/// /api/auth/confirm: where the link in the welcome leads. GET only shows a button, because mail scanners follow links; POST
/// confirms, by that button (the token in the query, a page as the answer) or from a client (JSON both ways).
/// </summary>
public sealed class ConfirmAddress(AddressConfirmation confirmation)
{
    /// <summary>200 with a page that has the button, or says what is wrong with the link.</summary>
    [Function("ConfirmAddressPage")]
    [Access(Access.Anyone)]
    [Operation("Where the link in the welcome leads: a page with a button")]
    [Parameter("token", "The token of the link in the mail.", Max = 500, Example = "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl")]
    [Reply(200, "The button.", MediaType = "text/html", Example = "<!doctype html><title>Confirm your address</title>")]
    [Reply(400, "A page that says that the link is bad or expired.", MediaType = "text/html", Example = "<!doctype html><title>Confirm your address</title>")]
    [Reply(409, "A page that says that the address is confirmed already.", MediaType = "text/html", Example = "<!doctype html><title>Confirm your address</title>")]
    [Failure(503, "Try again soon", "The store does not answer just now.")]
    public async Task<IResult> ShowAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/auth/confirm")] HttpRequest request, CancellationToken cancellationToken)
    {
        var token = request.QueryText("token") ?? "";
        return await PageAsync(request, async () => ConfirmPage.Ask((await confirmation.CheckAsync(token, cancellationToken)).Email, token));
    }

    /// <summary>200 with the address; 400 for a bad or expired token; 409 for a used one.</summary>
    [Function(nameof(ConfirmAddress))]
    [Access(Access.Anyone)]
    [Operation("Confirms an e-mail address", Body = typeof(ConfirmRequest), BodyIsOptional = true)]
    [Parameter("token", "In place of a body: the reply is a page then.", Max = 500, Example = "eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl")]
    [Reply(200, "It is confirmed.", typeof(ConfirmReply))]
    [Reply(200, "It is confirmed.", MediaType = "text/html", Example = "<!doctype html><title>Confirm your address</title>")]
    [Reply(400, "The token is bad or expired.", MediaType = "text/html", Example = "<!doctype html><title>Confirm your address</title>")]
    [Reply(409, "It is confirmed already.", MediaType = "text/html", Example = "<!doctype html><title>Confirm your address</title>")]
    [Failure(409, "Already confirmed", "This address is confirmed already.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/auth/confirm")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.QueryText("token") is { } token)
            return await PageAsync(request, async () => ConfirmPage.Done((await confirmation.ConfirmAsync(token, cancellationToken)).Email));

        var body = await request.ReadJsonAsync<ConfirmRequest>(cancellationToken);
        return JsonResults.Ok(new ConfirmReply((await confirmation.ConfirmAsync(body.Token, cancellationToken)).Email));
    }

    private static async Task<IResult> PageAsync(HttpRequest request, Func<Task<string>> make)
    {
        request.HttpContext.Response.Headers.ContentSecurityPolicy = ConfirmPage.ContentSecurityPolicy;
        try
        {
            return Page(await make(), StatusCodes.Status200OK);
        }
        catch (ProblemException e) when (e.Status is 400 or 409)
        {
            return Page(e.Status == 409 ? ConfirmPage.AlreadyDone : ConfirmPage.Bad, e.Status);
        }
    }

    private static IResult Page(string html, int status) => Results.Content(html, "text/html; charset=utf-8", statusCode: status);
}
