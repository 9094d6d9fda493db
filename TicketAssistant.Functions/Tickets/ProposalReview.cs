using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Escalation;
using TicketAssistant.Functions.Tickets.Work;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Tickets;

/// <summary>
/// Settles proposals that wait for a person. What a person decides is on the ticket first; then their triage is told. Should
/// that fail, or the process die in between, nothing is lost: the ticket counts as one that waits for an assignee, and is
/// handed out like any other.
/// </summary>
public sealed class ProposalReview(
    ITicketStore tickets, IUserStore users, TeamDirectory team, AcknowledgementLimits limits, TimeProvider time, ILogger<ProposalReview> logger)
{
    private const int MaxSkills = 8;

    /// <summary>Confirms a proposal, with the corrections that the body holds.</summary>
    /// <exception cref="ProblemException">400; 404; 409: it waits no longer, or the version is stale.</exception>
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
                {
                    throw new ProblemException(
                        409, "Stale version", "The ticket has changed since you saw it. Look at it again.", currentVersion: ticket.Version);
                }

                var change = await SettleAsync(ticket, user, body, cancellationToken);
                var result = await tickets.UpdateAsync(change, cancellationToken);
                if (result == UpdateResult.NotStaff) throw NotStaff();
                if (result != UpdateResult.Updated) continue;
                await durable.TryStartEffectsAsync(change, logger);
            }
            else if (!IsRepeat(ticket, user, body))
            {
                throw new ProblemException(409, "Not awaiting confirmation", Explain(ticket));
            }

            await TellAsync(ticket, user, durable);
            return await tickets.FindVisibleAsync(id, user, cancellationToken);
        }
    }

    private async Task<TicketChange> SettleAsync(Ticket ticket, User user, ConfirmTriageRequest body, CancellationToken cancellationToken)
    {
        var assignee = body.AssignedTo is { } to ? await StaffAsync(to, cancellationToken) : null;
        var assignment = assignee is null ? null : new TicketAssignment($"Chosen by {user.Name} when confirming the proposal.", [], 0);
        var request = new UpdateTicketRequest(ticket.Version, null, body.Priority, body.Type, body.RelatedSkills)
        {
            AssignedTo = new OptionalValue<string?>(assignee is not null, assignee?.Id.ToString()),
        };
        return new TicketEdit(ticket, user, request, assignee, assignment, limits, time.GetStoreNow()) { Confirms = true }.Make()
            ?? throw new InvalidOperationException("A confirmation changes the ticket.");
    }

    // Whoever got no answer says it again.
    private static bool IsRepeat(Ticket ticket, User user, ConfirmTriageRequest body) =>
        ticket.Triage.Confirmation?.By.Id == user.Id
        && (body.AssignedTo ?? ticket.AssignedTo?.Id) == ticket.AssignedTo?.Id
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
        var vocabulary = (await team.GetAsync(cancellationToken)).Vocabulary;
        return [.. SkillList.Clean(skills, "relatedSkills", MaxSkills)
            .Select(skill => vocabulary.TryFind(skill, out var spelling) ? spelling : skill)
            .Distinct()];
    }

    private async Task<PersonRef> StaffAsync(Guid id, CancellationToken cancellationToken) =>
        await users.FindAsync(id, cancellationToken) is { } person && person.IsStaff()
            ? new PersonRef(person.Id, person.Email, person.Name)
            : throw NotStaff();

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

    private static ProblemException NotStaff() => ProblemException.Invalid("assignedTo", "must be a moderator or an admin");
}
