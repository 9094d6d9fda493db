using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Notifications;

/// <summary>GET /api/mails.</summary>
public sealed class ListMails(IMailLedger ledger, IUserStore users)
{
    /// <summary>200 with a page of mails in one state (failed unless asked otherwise), newest first; 400 for a bad state, limit or cursor.</summary>
    [Function(nameof(ListMails))]
    [Access(Access.Admin)]
    [Operation("Mails in one state, newest first", Paged = true)]
    [Parameter("state", "Which; `failed` where nothing is said.", typeof(MailState))]
    [Reply(200, "A page of them.", typeof(MailListReply))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/mails")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new MailQuery
        {
            State = request.QueryEnum<MailState>("state") ?? MailState.Failed,
            Limit = request.QueryLimit(),
            Cursor = request.QueryText("cursor"),
        };
        var page = await Paging.ReadAsync(() => ledger.ListAsync(query, cancellationToken));
        var emails = new Dictionary<Guid, string?>();
        foreach (var recipient in page.Items.Select(mail => mail.Key.RecipientId).Distinct())
            emails[recipient] = (await users.FindAsync(recipient, cancellationToken))?.Email;
        return JsonResults.Ok(new MailListReply([.. page.Items.Select(mail => MailView.Of(mail, emails[mail.Key.RecipientId]))], page.Next));
    }
}
