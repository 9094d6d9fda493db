using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.OpenApi;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Escalation;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Functions.Triage.Routing;

namespace TicketAssistant.Functions.Tickets.Work;

/// <summary>PATCH /api/tickets/{id}.</summary>
public sealed class UpdateTicket(
    ITicketStore tickets, IUserStore users, TeamDirectory team, AcknowledgementLimits limits, TimeProvider time, ILogger<UpdateTicket> logger)
{
    private const int MaxSkills = 8;

    /// <summary>
    /// 200 with the ticket; 400; 403; 404 where the caller may not see it; 409 where the version is stale, with the current one, or
    /// where the ticket can't go there from where it is.
    /// </summary>
    [Function(nameof(UpdateTicket))]
    [Access(Access.User)]
    [Operation("Changes a ticket", Body = typeof(UpdateTicketRequest))]
    [Reply(200, "The ticket.", typeof(TicketReply))]
    [Failure(403, "Not allowed", "This ticket is not yours to change like that.")]
    [Failure(409, "Stale version", "The ticket has changed since you saw it. Look at it again and repeat what still applies.")]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "api/tickets/{id:guid}")] HttpRequest request,
        Guid id,
        [DurableClient] DurableTaskClient durable,
        CancellationToken cancellationToken)
    {
        var user = request.CurrentUser();
        var body = Clean(await request.ReadJsonAsync<UpdateTicketRequest>(cancellationToken));
        var ticket = await tickets.FindVisibleAsync(id, user, cancellationToken);
        if (ticket.Version != body.Version) throw Stale(ticket);

        var assigneeId = AssigneeOf(body, user);
        TicketRights.Check(ticket, user, body, assigneeId);
        var assignee = assigneeId is { } to ? await StaffAsync(to, cancellationToken) : null;
        var assignment = assignee is null ? null : await ExplainAsync(body.RelatedSkills ?? ticket.RelatedSkills, user, assignee, cancellationToken);
        if (new TicketEdit(ticket, user, body, assignee, assignment, limits, time.GetStoreNow()).Make() is not { } change)
            return JsonResults.Ok(new TicketReply(TicketView.Of(ticket, user)));

        switch (await tickets.UpdateAsync(change, cancellationToken))
        {
            case UpdateResult.Updated:
                await durable.TryStartEffectsAsync(change, logger);
                return JsonResults.Ok(new TicketReply(TicketView.Of(await tickets.FindVisibleAsync(id, user, cancellationToken), user)));
            case UpdateResult.NotStaff:
                throw NotStaff();
            default:
                throw Stale(await tickets.FindVisibleAsync(id, user, cancellationToken));
        }
    }

    private static UpdateTicketRequest Clean(UpdateTicketRequest body)
    {
        var isEmpty = body.Status is null && body.Priority is null && body.Type is null && body.RelatedSkills is null && !body.AssignedTo.IsSet;
        if (isEmpty) throw ProblemException.Invalid("body", "must have at least one of status, priority, type, relatedSkills and assignedTo");
        return body.RelatedSkills is { } skills ? body with { RelatedSkills = SkillList.Clean(skills, "relatedSkills", MaxSkills) } : body;
    }

    private static Guid? AssigneeOf(UpdateTicketRequest body, User user) => body.AssignedTo.Value switch
    {
        null => null,
        "me" => user.Id,
        var text when Guid.TryParseExact(text, "D", out var id) => id,
        _ => throw ProblemException.Invalid("assignedTo", "must be a user's id, \"me\", or null"),
    };

    private async Task<PersonRef> StaffAsync(Guid id, CancellationToken cancellationToken) =>
        await users.FindAsync(id, cancellationToken) is { } person && person.IsStaff()
            ? new PersonRef(person.Id, person.Email, person.Name)
            : throw NotStaff();

    private async Task<TicketAssignment> ExplainAsync(
        IReadOnlyList<string> skills, User user, PersonRef assignee, CancellationToken cancellationToken)
    {
        var fitting = AssignmentPlanner.ForModerators(skills, (await team.GetAsync(cancellationToken)).Index).SelectMany(tier => tier.Candidates).ToList();
        return new TicketAssignment(
            assignee.Id == user.Id ? $"Taken by {user.Name}." : $"Given to {assignee.Name} by {user.Name}.",
            fitting.Find(candidate => candidate.UserId == assignee.Id)?.Assignment.MatchedSkills ?? [],
            fitting.Count);
    }

    private static ProblemException Stale(Ticket ticket) => new(
        409, "Stale version", "The ticket has changed since you saw it. Look at it again and repeat what still applies.", currentVersion: ticket.Version);

    private static ProblemException NotStaff() => ProblemException.Invalid("assignedTo", "must be a moderator or an admin");
}
