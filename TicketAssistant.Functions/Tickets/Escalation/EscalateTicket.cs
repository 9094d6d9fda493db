using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Triage;
using TicketAssistant.Functions.Triage.Routing;

namespace TicketAssistant.Functions.Tickets.Escalation;

/// <summary>
/// Carries out the next stage of a ticket on which its assignee has not acted, once its time has come: a reminder, then the next best
/// moderator who is free, then an admin. Where no moderator is free it goes to the admin at once: it has waited long enough.
/// </summary>
public sealed class EscalateTicket(
    ITicketStore tickets, IUserStore users, TeamDirectory team, TimeProvider time, ILogger<EscalateTicket> logger)
{
    /// <summary>
    /// When the next stage comes; null where nothing is awaited any more, or something else is. Each stage is one conditional change
    /// of the ticket: a repeat finds that it was made.
    /// </summary>
    [Function(nameof(EscalateTicket))]
    public async Task<DateTimeOffset?> RunAsync(
        [ActivityTrigger] EscalationStep step, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        var refused = new HashSet<Guid>();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var ticket = await tickets.FindAsync(step.TicketId, null, cancellationToken);
            if (ticket?.Acknowledgement is not { } awaited || awaited.Number != step.Number) return null;
            if (awaited.DueAt > step.Now) return awaited.DueAt;

            var change = await MakeAsync(ticket, awaited.Stage, step.Limits, refused, cancellationToken);
            switch (await tickets.UpdateAsync(change, cancellationToken))
            {
                case UpdateResult.Updated:
                    await durable.TryStartEffectsAsync(change, logger);
                    return change.Ticket.Acknowledgement?.DueAt;
                case UpdateResult.NotStaff when change.Assignee?.To is { } to:
                    // Somebody else was given to them meanwhile, or they have gone: the next one.
                    refused.Add(to);
                    break;
            }
        }
    }

    private async Task<TicketChange> MakeAsync(
        Ticket ticket, AcknowledgementStage stage, AcknowledgementLimits limits, HashSet<Guid> refused, CancellationToken cancellationToken)
    {
        var limit = limits.For(ticket.Priority);
        // The limit was taken away while it ran.
        if (limit == TimeSpan.Zero) return new TicketChange(ticket with { Acknowledgement = null });

        var escalation = new Escalation(ticket, limit, time.GetStoreNow());
        if (stage == AcknowledgementStage.Awaited) return escalation.Remind();

        var index = (await team.GetAsync(cancellationToken)).Index;
        var staff = (await users.ListStaffAsync(cancellationToken)).ToDictionary(person => person.Id);
        if (stage == AcknowledgementStage.Reminded)
        {
            var next = AssignmentPlanner.ForModerators(ticket.RelatedSkills, index)
                .SelectMany(tier => tier.InOrder(staff))
                .FirstOrDefault(candidate => candidate.Person.IsFree && !IsPassedOver(candidate.Person));
            if (next.Person is not null) return escalation.PassOn(next.Person, next.Assignment);
        }

        // However away or full: at the end there has to be somebody.
        var admins = AssignmentPlanner.ForAdmins(ticket.RelatedSkills, index)
            .SelectMany(tier => tier.InOrder(staff))
            .Select(candidate => candidate.Person)
            .Where(person => !refused.Contains(person.Id))
            .ToList();
        return escalation.ToAdmin(
            admins.Find(person => !IsPassedOver(person))
            ?? admins.Find(person => person.Id != ticket.AssignedTo!.Id)
            ?? admins.FirstOrDefault()
            ?? throw new InvalidOperationException("There is no admin just now."));

        bool IsPassedOver(User person) => person.Id == ticket.AssignedTo!.Id || ticket.ReleasedBy.Contains(person.Id) || refused.Contains(person.Id);
    }
}
