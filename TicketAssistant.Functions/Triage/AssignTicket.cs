using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Telemetry;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Escalation;
using TicketAssistant.Functions.Tickets.Timeline;
using TicketAssistant.Functions.Triage.Routing;

namespace TicketAssistant.Functions.Triage;

/// <summary>
/// Gives a ticket to whom it fits: moderators by skill, an admin where nobody fits or nobody was free within the priority's
/// limit. The claim is one atomic step of the store, once per (ticket, revision).
/// </summary>
public sealed class AssignTicket(
    ITicketStore tickets, TeamDirectory team, WaitLimits limits, AcknowledgementLimits acknowledgement, TimeProvider time)
{
    /// <summary>A repeat reports the first result.</summary>
    [Function(nameof(AssignTicket))]
    public async Task<AssignOutcome> RunAsync(
        [ActivityTrigger] TriageKey key, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        AppTelemetry.Concerns(key.TicketId);
        if (await tickets.FindAsync(key.TicketId, null, cancellationToken) is not { } ticket) return AssignOutcome.Obsolete;
        // Whom a person has given it to keeps it.
        if (ticket.AssignedTo is not null && ticket.HumanSet.Contains(TicketField.AssignedTo)) return AssignOutcome.Obsolete;

        var index = (await team.GetAsync(cancellationToken)).Index;
        var moderators = Without(ticket.ReleasedBy, AssignmentPlanner.ForModerators(ticket.RelatedSkills, index));
        var overdue = time.GetUtcNow() - ticket.CreatedAt >= limits.For(ticket.Priority);
        List<AssignmentTier> tiers = [.. moderators];
        if (ticket.AssignedTo is not null)
        {
            // Without candidates only a claim of this very revision, made by an earlier attempt, counts.
            if (!MayMove(ticket)) tiers = [];
        }
        else if (moderators.Count == 0 || overdue)
        {
            var admins = AssignmentPlanner.ForAdmins(ticket.RelatedSkills, index);
            // The only admin gets it back all the same: it must not be nobody's.
            var others = Without(ticket.ReleasedBy, admins);
            tiers.AddRange(others.Count > 0 ? others : admins);
        }

        var request = new AssignmentRequest(key.TicketId, key.Revision, tiers, time.GetStoreNow()) { Acknowledgement = acknowledgement };
        switch (await tickets.AssignAsync(request, cancellationToken))
        {
            case AssignmentOutcome.Assigned:
                if (ticket.AssignedTo is null) AppTelemetry.Assigned(ticket.Assignments == 0 ? time.GetUtcNow() - ticket.CreatedAt : null);
                await StartClockAsync(ticket, durable, cancellationToken);
                return AssignOutcome.Assigned;
            case AssignmentOutcome.NotAssignable:
                return AssignOutcome.Obsolete;
            case var _ when ticket.AssignedTo is not null:
                // The triage that gave it to them may have been killed right after its claim, and finds itself overtaken by this one.
                // The ledger of mails and the clock know who has been told.
                await StartClockAsync(ticket, durable, cancellationToken);
                return AssignOutcome.Assigned;
            default:
                await ExplainWaitAsync(key, moderators, cancellationToken);
                return AssignOutcome.Waiting;
        }
    }

    /// <summary>Killed before it is done, this activity is repeated, and comes here again: no assignee goes without.</summary>
    private async Task StartClockAsync(Ticket before, DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var after = await tickets.FindAsync(before.Id, null, cancellationToken);
        if (before.Acknowledgement is { } former && former != after?.Acknowledgement) await durable.TellActedAsync(before.Id, former.Number);
        await durable.AwaitAcknowledgementAsync(after, acknowledgement);
    }

    /// <summary>A later triage takes a ticket from nobody, but for one that an admin got because nobody fitted, and has not begun.</summary>
    private static bool MayMove(Ticket ticket) => ticket.Status == TicketStatus.Todo && ticket.Assignment is { MatchedSkills.Count: 0 };

    /// <summary>Whoever gave the ticket back doesn't get it again.</summary>
    private static List<AssignmentTier> Without(IReadOnlyList<Guid> people, IReadOnlyList<AssignmentTier> tiers) => people.Count == 0
        ? [.. tiers]
        : [.. tiers
            .Select(tier => tier with { Candidates = [.. tier.Candidates.Where(candidate => !people.Contains(candidate.UserId))] })
            .Where(tier => tier.Candidates.Count > 0)];

    private Task<bool> ExplainWaitAsync(TriageKey key, IReadOnlyList<AssignmentTier> moderators, CancellationToken cancellationToken)
    {
        var fitting = moderators.Sum(tier => tier.Candidates.Count);
        var reason = fitting > 0
            ? $"{fitting} {(fitting == 1 ? "moderator fits" : "moderators fit")}, all away or at capacity; handed out as soon as one is free."
            : "No moderator fits and there is no admin to take it; handed out as soon as there is one.";
        return tickets.ChangeAsync(
            key.TicketId,
            ticket =>
            {
                if (ticket.AssignedTo is not null || ticket.Assignment?.Reason == reason) return null;
                var writer = new TimelineWriter(ticket, TimelineActor.System, time.GetStoreNow());
                writer.Add(TimelineKind.Queued, reason, isInternal: true);
                return writer.Change(ticket with { Assignment = new TicketAssignment(reason, [], fitting) });
            },
            cancellationToken);
    }
}
