using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Tickets.Work;

/// <summary>POST /api/tickets/{id}/feedback.</summary>
public sealed class GiveFeedback(ITicketStore tickets, TimeProvider time)
{
    private const int MaxReason = 1_000;

    /// <summary>200 with the ticket, which keeps the last judgement; 400; 404; 409 while there is no analysis to judge.</summary>
    [Function(nameof(GiveFeedback))]
    [Access(Access.Moderator)]
    [Operation("Judges a ticket's analysis", Body = typeof(FeedbackRequest))]
    [Reply(200, "The ticket, which keeps the last judgement.", typeof(TicketReply))]
    [Failure(409, "Nothing to judge", "This ticket has no analysis yet.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/tickets/{id:guid}/feedback")] HttpRequest request,
        Guid id,
        CancellationToken cancellationToken)
    {
        var user = request.CurrentUser();
        var feedback = await request.ReadJsonAsync<FeedbackRequest>(cancellationToken);
        var reason = feedback.Reason is { } text ? TicketText.CleanBody("reason", text, MaxReason) : null;
        while (true)
        {
            var ticket = await tickets.FindVisibleAsync(id, user, cancellationToken);
            if (ticket.Triage.Proposed is null) throw new ProblemException(409, "Nothing to judge", "This ticket has no analysis yet.");

            var at = time.GetStoreNow();
            var writer = new TimelineWriter(ticket, TimelineActor.Of(user), at);
            writer.Add(TimelineKind.Feedback, reason, feedback.Helpful ? "helpful" : "not helpful", isInternal: true);
            var judged = ticket with { Feedback = new TicketFeedback(feedback.Helpful, reason, new PersonRef(user.Id, user.Email, user.Name), at) };
            if (await tickets.UpdateAsync(writer.Change(judged), cancellationToken) != UpdateResult.Updated) continue;

            return JsonResults.Ok(new TicketReply(TicketView.Of(await tickets.FindVisibleAsync(id, user, cancellationToken), user)));
        }
    }
}
