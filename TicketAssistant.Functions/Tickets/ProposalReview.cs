using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Tickets;

/// <summary>
/// Settles proposals that wait for a person. What a person decides is on the ticket first; then their triage is told. Should
/// that fail, or the process die in between, nothing is lost: the ticket counts as one that waits for an assignee, and is
/// handed out like any other.
/// </summary>
public sealed class ProposalReview(ITicketStore tickets, IUserStore users, TeamDirectory team, TimeProvider time, ILogger<ProposalReview> logger)
{
    private const int MaxSkills = 8;

    /// <summary>Confirms a proposal, with the corrections that the body holds.</summary>
    /// <exception cref="ProblemException">400; 404; 409: it waits no longer, the version is stale, or the assignee can't take it.</exception>
    public async Task<Ticket> ConfirmAsync(
        Guid id, User user, ConfirmTriageRequest body, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        body = body with { RelatedSkills = await CleanAsync(body.RelatedSkills, cancellationToken) };
        while (true)
        {
            var ticket = await tickets.FindVisibleAsync(id, user, cancellationToken);
            if (ticket.Triage.State == TriageState.AwaitingConfirmation)
            {
                if (body.Version is { } version && version != ticket.Version)
                    throw Conflict("Stale version", $"The ticket has changed: its version is {ticket.Version}.");
                if (body.AssignedTo is { } assignee) await CheckAsync(assignee, cancellationToken);
                var settled = Settle(ticket, user, body);
                if (await tickets.UpdateAsync(settled, cancellationToken) != UpdateResult.Updated) continue;
                ticket = settled with { Version = ticket.Version + 1 };
            }
            else if (!IsRepeat(ticket, user, body))
            {
                throw Conflict("Not awaiting confirmation", Explain(ticket));
            }

            await TellAsync(ticket, user, durable);
            return ticket;
        }
    }

    private Ticket Settle(Ticket ticket, User user, ConfirmTriageRequest body)
    {
        var corrected = ticket with
        {
            Type = body.Type ?? ticket.Type,
            Priority = body.Priority ?? ticket.Priority,
            RelatedSkills = body.RelatedSkills ?? ticket.RelatedSkills,
        };
        List<TicketField> corrections = [];
        if (corrected.Type != ticket.Type) corrections.Add(TicketField.Type);
        if (corrected.Priority != ticket.Priority) corrections.Add(TicketField.Priority);
        if (!corrected.RelatedSkills.SequenceEqual(ticket.RelatedSkills)) corrections.Add(TicketField.RelatedSkills);
        if (body.AssignedTo is not null) corrections.Add(TicketField.AssignedTo);
        var now = time.GetStoreNow();
        return corrected with
        {
            HumanSet = [.. ticket.HumanSet.Union(corrections)],
            Triage = ticket.Triage with
            {
                State = TriageState.Succeeded,
                Source = corrections.Count > 0 ? TriageSource.Human : ticket.Triage.Source,
                Confirmation = new TriageConfirmation(new PersonRef(user.Id, user.Email, user.Name), now, body.AssignedTo),
            },
            UpdatedAt = now,
        };
    }

    // Whoever got no answer says it again.
    private static bool IsRepeat(Ticket ticket, User user, ConfirmTriageRequest body) =>
        ticket.Triage.Confirmation is { } earlier && earlier.By.Id == user.Id && earlier.AssignTo == body.AssignedTo
        && (body.Type ?? ticket.Type) == ticket.Type
        && (body.Priority ?? ticket.Priority) == ticket.Priority
        && (body.RelatedSkills ?? ticket.RelatedSkills).SequenceEqual(ticket.RelatedSkills);

    private static string Explain(Ticket ticket) => ticket.Triage switch
    {
        { Confirmation: { } earlier } => $"{earlier.By.Name} has settled it already.",
        { State: TriageState.Pending or TriageState.Running } => "It is still being analysed.",
        _ => "It has gone ahead; change the ticket itself.",
    };

    private async Task<IReadOnlyList<string>?> CleanAsync(IReadOnlyList<string>? skills, CancellationToken cancellationToken)
    {
        if (skills is null) return null;
        if (skills.Count > MaxSkills) throw ProblemException.Invalid("relatedSkills", $"must be at most {MaxSkills}");
        var vocabulary = (await team.GetAsync(cancellationToken)).Vocabulary;
        return [.. SkillList.Clean(skills, "relatedSkills").Select(skill => vocabulary.TryFind(skill, out var spelling) ? spelling : skill).Distinct()];
    }

    private async Task CheckAsync(Guid assignee, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(assignee, cancellationToken) is not { Role: >= Role.Moderator } person)
            throw ProblemException.Invalid("assignedTo", "must be the id of a moderator or admin");
        if (person.Away) throw Conflict("Assignee is away", $"{person.Name} is away; choose somebody else, or nobody.");
        if (person.OpenTickets >= person.Capacity) throw Conflict("Assignee is full", $"{person.Name} has as many tickets as they take; choose somebody else, or nobody.");
    }

    private async Task TellAsync(Ticket ticket, User user, DurableTaskClient durable)
    {
        try
        {
            await durable.RaiseEventAsync(
                new TriageKey(ticket.Id, ticket.Triage.Revision).InstanceId, TriageOrchestrator.Confirmed, user.Id, CancellationToken.None);
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "Ticket {TicketId} is confirmed, but its triage could not be told; it is handed out instead.", ticket.Id);
        }
    }

    private static ProblemException Conflict(string title, string detail) => new(409, title, detail);
}
