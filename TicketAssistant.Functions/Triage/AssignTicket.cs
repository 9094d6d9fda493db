using Microsoft.Azure.Functions.Worker;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage.Routing;

namespace TicketAssistant.Functions.Triage;

/// <summary>
/// Gives a ticket to whom it fits: moderators by skill, an admin where nobody fits or nobody was free within the priority's
/// limit; whom a person chose when they confirmed the proposal. The claim is one atomic step of the store, once per (ticket,
/// revision).
/// </summary>
public sealed class AssignTicket(ITicketStore tickets, TeamDirectory team, TimeProvider time)
{
    /// <summary>A repeat reports the first result.</summary>
    [Function(nameof(AssignTicket))]
    public async Task<AssignOutcome> RunAsync([ActivityTrigger] TriageKey key, CancellationToken cancellationToken)
    {
        if (await tickets.FindAsync(key.TicketId, null, cancellationToken) is not { } ticket) return AssignOutcome.Obsolete;

        var moderators = await PlanAsync(ticket, cancellationToken);
        List<AssignmentTier> tiers = [.. moderators];
        if (ticket.AssignedTo is not null)
        {
            // Without candidates only a claim of this very revision, made by an earlier attempt, counts.
            if (!MayMove(ticket)) tiers = [];
        }
        else if (moderators.Count == 0 || time.GetUtcNow() - ticket.CreatedAt >= WaitLimit.For(ticket.Priority))
        {
            tiers.AddRange(AssignmentPlanner.ForAdmins(ticket.RelatedSkills, (await team.GetAsync(cancellationToken)).Index));
        }

        switch (await tickets.AssignAsync(new AssignmentRequest(key.TicketId, key.Revision, tiers, time.GetStoreNow()), cancellationToken))
        {
            case AssignmentOutcome.Assigned:
                return AssignOutcome.Assigned;
            case AssignmentOutcome.NotAssignable:
                return AssignOutcome.Obsolete;
            case var _ when ticket.AssignedTo is not null:
                return AssignOutcome.Kept;
            default:
                await ExplainWaitAsync(key, moderators, cancellationToken);
                return AssignOutcome.Waiting;
        }
    }

    /// <summary>
    /// A later triage takes a ticket from nobody, but for one that an admin got because nobody fitted, and has not begun; or
    /// where a person has just said so.
    /// </summary>
    private static bool MayMove(Ticket ticket) =>
        ticket.Triage.Confirmation?.AssignTo is { } chosen
            ? chosen != ticket.AssignedTo?.Id
            : ticket.Status == TicketStatus.Todo
                && ticket.Assignment is { MatchedSkills.Count: 0 }
                && !ticket.HumanSet.Contains(TicketField.AssignedTo);

    private async Task<IReadOnlyList<AssignmentTier>> PlanAsync(Ticket ticket, CancellationToken cancellationToken)
    {
        if (ticket.Triage.Confirmation is { AssignTo: { } chosen } confirmation)
        {
            var assignment = new TicketAssignment($"Chosen by {confirmation.By.Name} when confirming the proposal.", [], 1);
            return [new AssignmentTier([new AssignmentCandidate(chosen, assignment)])];
        }

        return AssignmentPlanner.ForModerators(ticket.RelatedSkills, (await team.GetAsync(cancellationToken)).Index);
    }

    private Task<bool> ExplainWaitAsync(TriageKey key, IReadOnlyList<AssignmentTier> moderators, CancellationToken cancellationToken)
    {
        var fitting = moderators.Sum(tier => tier.Candidates.Count);
        var reason = fitting > 0
            ? $"{fitting} {(fitting == 1 ? "moderator fits" : "moderators fit")}, all away or at capacity; handed out as soon as one is free."
            : "No moderator fits and there is no admin to take it; handed out as soon as there is one.";
        return tickets.ChangeAsync(
            key.TicketId,
            ticket => ticket.AssignedTo is not null || ticket.Assignment?.Reason == reason ? null : ticket with
            {
                Assignment = new TicketAssignment(reason, [], fitting),
                UpdatedAt = time.GetStoreNow(),
            },
            cancellationToken);
    }
}
