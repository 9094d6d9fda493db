using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Notifications;

/// <summary>POST /api/mails/{id}/retry.</summary>
public sealed class RetryMail(IMailLedger ledger, IUserStore users, AuditTrail audit, TimeProvider time)
{
    /// <summary>
    /// 202 with the mail, which is owed again and on its way (also where it was owed all along); 404 where there is none; 409 where
    /// it went out.
    /// </summary>
    [Function(nameof(RetryMail))]
    [Access(Access.Admin)]
    [Operation("Sends a mail again")]
    [Parameter("id", "The id of one of the mails.", In = "path", Example = "assigned.0193a5c17d2a7c119b5e3f0a4f6f1a01.0193a5c07d2a7c119b5e3f0a4f6f1a02.1")]
    [Reply(202, "It is owed again and on its way.", typeof(MailReply))]
    [Failure(409, "Sent", "This mail went out; it is not sent again.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/mails/{id}/retry")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var key = MailKey.TryParse(id) ?? throw NotFound();
        if (await ledger.FindAsync(key, cancellationToken) is null) throw NotFound();
        await audit.RecordAsync(request.CurrentUser(), AuditAction.MailRetried, key.Id, cancellationToken);
        await ledger.ReopenAsync(key, time.GetStoreNow(), cancellationToken);
        var mail = await ledger.FindAsync(key, cancellationToken) ?? throw NotFound();
        if (mail.State == MailState.Sent) throw new ProblemException(409, "Sent", "This mail went out; it is not sent again.");
        await durable.SendMailAsync(key);
        var email = (await users.FindAsync(key.RecipientId, cancellationToken))?.Email;
        return JsonResults.Json(new MailReply(MailView.Of(mail, email)), StatusCodes.Status202Accepted);
    }

    private static ProblemException NotFound() => new(404, "No such mail", "There is no such mail.");
}
