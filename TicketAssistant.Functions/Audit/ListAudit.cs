using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;

namespace TicketAssistant.Functions.Audit;

/// <summary>GET /api/audit.</summary>
public sealed class ListAudit(IAuditLog log, IUserStore users)
{
    /// <summary>
    /// 200 with a page of the audit log, newest first, filtered by <c>actor</c> (a user's id), <c>subject</c>, <c>action</c>, <c>from</c>
    /// and <c>to</c>; 400 for a malformed one.
    /// </summary>
    [Function(nameof(ListAudit))]
    [Access(Access.Admin)]
    [Operation("The audit log, newest first", Paged = true)]
    [Parameter("actor", "Only what this user did (an id).", Max = 36, Example = "0193a5c0-7d2a-7c11-9b5e-3f0a4f6f1a02")]
    [Parameter("subject", "Only what was done to this: the id of a user, ticket or mail.", Example = "0193a5c0-9b40-7e02-8a11-6c1d5b7e2b03")]
    [Parameter("action", "Only this.", typeof(AuditAction))]
    [Parameter("from", "Only from then on.", typeof(DateTimeOffset))]
    [Parameter("to", "Only until then; a day counts to its end.", typeof(DateTimeOffset))]
    [Reply(200, "A page of it.", typeof(AuditListReply))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audit")] HttpRequest request, CancellationToken cancellationToken)
    {
        var query = new AuditQuery
        {
            ActorId = Actor(request),
            Subject = Subject(request),
            Action = request.QueryEnum<AuditAction>("action"),
            From = request.QueryTime("from", lastOfDay: false),
            To = request.QueryTime("to", lastOfDay: true),
            Limit = request.QueryLimit(),
            Cursor = request.QueryText("cursor"),
        };
        var page = await Paging.ReadAsync(() => log.ListAsync(query, cancellationToken));
        var emails = new Dictionary<Guid, string?>();
        var entries = new List<AuditView>();
        foreach (var entry in page.Items)
        {
            entries.Add(new AuditView(
                entry.Id, entry.At, entry.Action, entry.ActorId, await EmailAsync(entry.ActorId), entry.Subject,
                await EmailAsync(Guid.TryParseExact(entry.Subject, "D", out var subject) ? subject : null), entry.Detail));
        }

        return JsonResults.Ok(new AuditListReply(entries, page.Next));

        async Task<string?> EmailAsync(Guid? id)
        {
            if (id is not { } known) return null;
            if (!emails.TryGetValue(known, out var email)) emails[known] = email = (await users.FindAsync(known, cancellationToken))?.Email;
            return email;
        }
    }

    private static string? Subject(HttpRequest request) => request.QueryText("subject") is not { } text ? null
        : text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_') ? text
        : throw ProblemException.Invalid("subject", "must be the id of a user, ticket or mail");

    private static Guid? Actor(HttpRequest request) => request.QueryText("actor") is not { } text ? null
        : Guid.TryParseExact(text, "D", out var id) ? id
        : throw ProblemException.Invalid("actor", "must be the id of a user");
}
