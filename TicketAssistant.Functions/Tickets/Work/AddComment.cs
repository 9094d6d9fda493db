using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Escalation;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Tickets.Work;

/// <summary>POST /api/tickets/{id}/comments.</summary>
public sealed class AddComment(ITicketStore tickets, AcknowledgementLimits limits, TimeProvider time, ILogger<AddComment> logger)
{
    private const int MaxBody = 10_000;

    /// <summary>
    /// 201 with the comment and the ticket; 400; 403 where somebody who isn't staff wants it internal; 404 where the caller may not
    /// see the ticket.
    /// </summary>
    [Function(nameof(AddComment))]
    [Access(Access.User)]
    [Operation("Comments on a ticket", Body = typeof(CommentRequest))]
    [Reply(201, "The comment and the ticket.", typeof(CommentReply), Headers = ["Location"])]
    [Failure(403, "Not allowed", "Only staff writes internal comments.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tickets/{id:guid}/comments")] HttpRequest request,
        Guid id,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var user = request.CurrentUser();
        var comment = await request.ReadJsonAsync<CommentRequest>(cancellationToken);
        var body = TicketText.CleanBody("body", comment.Body, MaxBody);
        while (true)
        {
            var ticket = await tickets.FindVisibleAsync(id, user, cancellationToken);
            if (comment.Internal && !user.IsStaff()) throw new ProblemException(403, "Not allowed", "Only staff writes internal comments.");
            var change = TicketComment.Make(ticket, user, body, comment.Internal, limits, time.GetStoreNow());
            // A comment stands beside whatever else happens: it needs no version, and is simply written after.
            if (await tickets.UpdateAsync(change, cancellationToken) != UpdateResult.Updated) continue;

            await durable.TryStartEffectsAsync(change, logger);
            var after = await tickets.FindVisibleAsync(id, user, cancellationToken);
            return JsonResults.Created(
                $"/api/tickets/{id}/timeline", new CommentReply(TimelineEntryView.Of(change.Entries[0], user.IsStaff()), TicketView.Of(after, user)));
        }
    }
}
