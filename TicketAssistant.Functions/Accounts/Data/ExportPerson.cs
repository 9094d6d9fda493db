using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Audit;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Accounts.Data;

/// <summary>GET /api/users/{id}/export.</summary>
public sealed class ExportPerson(IUserStore users, ITicketStore tickets, IMailLedger mails, AuditTrail audit)
{
    private const int AtOnce = 100;

    /// <summary>200 with everything about the person; 404 where there is no such account. Read page by page, held in memory as one reply.</summary>
    [Function(nameof(ExportPerson))]
    [Access(Access.Admin)]
    [Operation("Everything about one person")]
    [Reply(200, "Everything.", typeof(PersonExport))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/users/{id:guid}/export")] HttpRequest request,
        Guid id,
        CancellationToken cancellationToken)
    {
        var user = await users.FindAsync(id, cancellationToken) ?? throw new ProblemException(404, "No such user", "There is no such account.");
        await audit.RecordAsync(request.CurrentUser(), AuditAction.PersonExported, id.ToString("D"), cancellationToken);
        var posted = await AllAsync<Ticket>(cursor => tickets.ListAsync(new TicketQuery { RequesterId = id, Limit = AtOnce, Cursor = cursor }, cancellationToken));
        var carried = await AllAsync<Ticket>(cursor => tickets.ListAsync(new TicketQuery { AssigneeId = id, Limit = AtOnce, Cursor = cursor }, cancellationToken));

        var own = new List<PersonTicket>();
        var comments = new List<PersonComment>();
        foreach (var ticket in posted.UnionBy(carried, ticket => ticket.Id))
        {
            var timeline = await tickets.ListTimelineAsync(new TimelineQuery(ticket.Id, 0, int.MaxValue, PublicOnly: false), cancellationToken);
            comments.AddRange(timeline
                .Where(entry => entry is { Kind: TimelineKind.Comment, Body: not null } && entry.Actor.Id == id)
                .Select(entry => new PersonComment(ticket.Id, entry.At, entry.Internal, entry.Body!)));
            if (ticket.CreatedBy.Id != id) continue;
            // As a requester sees it, whatever they are: what staff thinks of a ticket is not theirs.
            var seen = timeline.Where(entry => !entry.Internal).Select(entry => TimelineEntryView.Of(entry, staff: false));
            own.Add(new PersonTicket(TicketView.Of(ticket, user with { Role = Role.User }), [.. seen]));
        }

        var owed = await AllAsync<MailLedgerEntry>(cursor => mails.ListAsync(new MailQuery { RecipientId = id, Limit = AtOnce, Cursor = cursor }, cancellationToken));
        return JsonResults.Ok(new PersonExport(UserView.Of(user), own, comments, [.. owed.Select(mail => MailView.Of(mail, user.Email))]));
    }

    private static async Task<List<T>> AllAsync<T>(Func<string?, Task<Page<T>>> read)
    {
        var all = new List<T>();
        string? cursor = null;
        do
        {
            var page = await read(cursor);
            all.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return all;
    }
}
