using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Notifications;

/// <summary>GET /api/mails/{id}.</summary>
public sealed class GetMail(IMailLedger ledger, IUserStore users)
{
    /// <summary>200 with the mail as it stands; 404 where there is none.</summary>
    [Function(nameof(GetMail))]
    [Access(Access.Admin)]
    [Operation("A mail and what became of it")]
    [Parameter("id", "The id of one of the mails.", In = "path", Example = "assigned.0193a5c17d2a7c119b5e3f0a4f6f1a01.0193a5c07d2a7c119b5e3f0a4f6f1a02.1")]
    [Reply(200, "The mail.", typeof(MailReply))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/mails/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var mail = MailKey.TryParse(id) is { } key ? await ledger.FindAsync(key, cancellationToken) : null;
        if (mail is null) throw new ProblemException(404, "No such mail", "There is no such mail.");
        return JsonResults.Ok(new MailReply(MailView.Of(mail, (await users.FindAsync(mail.Key.RecipientId, cancellationToken))?.Email)));
    }
}
