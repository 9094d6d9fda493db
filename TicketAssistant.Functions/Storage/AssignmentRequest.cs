using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Escalation;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Storage;

/// <summary>A wish to give a ticket to somebody: who would do, best first.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="Revision">Makes the wish repeatable: one claim per (ticket, revision), whatever is repeated.</param>
/// <param name="Tiers">
/// Groups of equally good candidates, best group first. Within a group the one with the fewest open tickets is taken, then
/// the one who has been idle longest, then the lowest id. Those who are away, full, or no longer staff are passed over.
/// </param>
/// <param name="At">The time of the assignment (UTC).</param>
public sealed record AssignmentRequest(Guid TicketId, int Revision, IReadOnlyList<AssignmentTier> Tiers, DateTimeOffset At)
{
    /// <summary>How long the new assignee has to act; null where nothing is awaited of them.</summary>
    public AcknowledgementLimits? Acknowledgement { get; init; }

    /// <summary>What the timeline tells of the claim.</summary>
    internal TimelineEntry EntryOf(AssignmentCandidate chosen, PersonRef? before, PersonRef now, int seq) => new()
    {
        Seq = seq,
        At = At,
        Actor = TimelineActor.System,
        Kind = TimelineKind.Assigned,
        Field = EnumNames<TicketField>.Of(TicketField.AssignedTo),
        From = before?.Name,
        FromId = before?.Id,
        To = now.Name,
        ToId = now.Id,
        Reason = chosen.Assignment.Reason,
    };
}
