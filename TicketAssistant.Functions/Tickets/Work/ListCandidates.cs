using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Functions.Triage.Routing;

namespace TicketAssistant.Functions.Tickets.Work;

/// <summary>GET /api/tickets/{id}/candidates.</summary>
public sealed class ListCandidates(ITicketStore tickets, IUserStore users, TeamDirectory team)
{
    /// <summary>200 with the best, 20 or as many as <c>limit</c> says; 400; 404.</summary>
    [Function(nameof(ListCandidates))]
    [Access(Access.Moderator)]
    [Operation("Who could take a ticket, best first")]
    [Parameter("limit", "How many at most; 20 where nothing is said.", typeof(int), Max = 100)]
    [Reply(200, "The best.", typeof(CandidatesReply))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/tickets/{id:guid}/candidates")] HttpRequest request,
        Guid id,
        CancellationToken cancellationToken)
    {
        var limit = request.QueryLimit();
        var ticket = await tickets.FindVisibleAsync(id, request.CurrentUser(), cancellationToken);
        var index = (await team.GetAsync(cancellationToken)).Index;
        // One read for all: their loads change with each assignment, so nobody keeps them.
        var staff = (await users.ListStaffAsync(cancellationToken)).ToDictionary(person => person.Id);
        return JsonResults.Ok(new CandidatesReply([.. AssignmentPlanner.ForModerators(ticket.RelatedSkills, index)
            .Concat(AssignmentPlanner.ForAdmins(ticket.RelatedSkills, index))
            .SelectMany(tier => View(tier, staff))
            .Take(limit)]));
    }

    private static IEnumerable<CandidateView> View(AssignmentTier tier, Dictionary<Guid, User> staff) => tier.InOrder(staff)
        .Select(candidate => new CandidateView(
            new PersonRef(candidate.Person.Id, candidate.Person.Email, candidate.Person.Name),
            Math.Round(tier.Score, 3),
            candidate.Assignment.MatchedSkills,
            candidate.Person.OpenTickets,
            candidate.Person.Capacity,
            candidate.Person.Away,
            candidate.Person.IsFull,
            candidate.Person.Role == Role.Admin,
            candidate.Assignment.Reason));
}
