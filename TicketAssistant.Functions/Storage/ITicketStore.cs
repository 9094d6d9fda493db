using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Storage;

/// <summary>
/// Tickets and who has them. Every method throws <see cref="StoreUnavailableException"/> when the store cannot be reached
/// in time; a write that returned is durable.
/// </summary>
public interface ITicketStore
{
    /// <summary>Stores a new ticket; false, changing nothing, when the id is taken.</summary>
    /// <exception cref="ArgumentException">It has an assignee: see <see cref="AssignAsync"/>.</exception>
    Task<bool> InsertIfAbsentAsync(Ticket ticket, CancellationToken cancellationToken);

    /// <summary>The ticket with this id, or null; with <paramref name="requesterId"/>, only if it is theirs.</summary>
    Task<Ticket?> FindAsync(Guid id, Guid? requesterId, CancellationToken cancellationToken);

    /// <summary>A page of tickets in the query's order, stable under inserts. A ticket that changes may move in it.</summary>
    Task<Page<Ticket>> ListAsync(TicketQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Which tickets have changed at <paramref name="from"/> or later, by their last change and then by id; with
    /// <paramref name="after"/>, only what comes after that one.
    /// </summary>
    Task<IReadOnlyList<TicketStamp>> ListChangesAsync(DateTimeOffset from, TicketStamp? after, int limit, CancellationToken cancellationToken);

    /// <summary>What statistics ask of all tickets that aren't done; nothing of what their analysis said.</summary>
    Task<IReadOnlyList<TicketFact>> ListOpenFactsAsync(CancellationToken cancellationToken);

    /// <summary>What statistics ask of the tickets created at <paramref name="from"/> or later.</summary>
    Task<IReadOnlyList<TicketFact>> ListFactsAsync(DateTimeOffset from, CancellationToken cancellationToken);

    /// <summary>When tickets that are done became so, at <paramref name="from"/> or later, whenever they were created; in no order.</summary>
    Task<IReadOnlyList<DateTimeOffset>> ListResolvedAsync(DateTimeOffset from, CancellationToken cancellationToken);

    /// <summary>Up to so many earlier tickets that look like this one by the words of title and description, most alike first.</summary>
    Task<IReadOnlyList<Ticket>> ListSimilarAsync(Ticket ticket, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces everything but <see cref="Ticket.AssignedTo"/>, <see cref="Ticket.ProposedAssignee"/>, <see cref="Ticket.CreatedBy"/>
    /// and <see cref="Ticket.CreatedAt"/> where the stored version still is that of the change's ticket, and raises the version by
    /// one; with the change's assignee, timeline entries and effects, all in one step. A ticket that becomes DONE no longer counts
    /// as open with its assignee, a reopened one does again, one that moves counts with the new one. Who has a ticket changes only
    /// here, by <see cref="TicketChange.Assignee"/>, and in <see cref="AssignAsync"/>, so that these counters cannot drift.
    /// </summary>
    /// <remarks>
    /// A ticket that a person gives to somebody is claimed for its triage's revision, so that <see cref="AssignAsync"/> leaves it
    /// there; one that is given back is no longer claimed for it.
    /// </remarks>
    /// <exception cref="ArgumentException">The entries' numbers don't go on from those that the ticket has.</exception>
    Task<UpdateResult> UpdateAsync(TicketChange change, CancellationToken cancellationToken);

    /// <summary>
    /// Puts other words into a ticket and its timeline: for the erasure alone. Replaces what <see cref="UpdateAsync"/> does, the names
    /// and addresses of its people and the given entries by their numbers, where the stored version still is that of the ticket, and
    /// raises it by one. Who has the ticket, and whether it is open, must be as stored.
    /// </summary>
    Task<UpdateResult> RewriteAsync(Ticket ticket, IReadOnlyList<TimelineEntry> entries, CancellationToken cancellationToken);

    /// <summary>
    /// Chooses and claims in one atomic step: at most one claim per (ticket, revision). Sets the ticket's assignee and
    /// assignment, counts it with the new assignee and no longer with the one before, adds the timeline's entry, and notes what is
    /// awaited of the assignee. A repeat changes nothing and reports the first result.
    /// </summary>
    Task<AssignmentOutcome> AssignAsync(AssignmentRequest request, CancellationToken cancellationToken);

    /// <summary>Open, analysed tickets that nobody has: most urgent first, then oldest.</summary>
    Task<IReadOnlyList<Ticket>> ListWaitingAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Tickets whose assignee should have acted before <paramref name="before"/>, longest overdue first.</summary>
    Task<IReadOnlyList<Ticket>> ListUnacknowledgedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>Tickets that are not DONE and were analysed offline because the model could not, by id.</summary>
    /// <param name="after">The last id of the portion before; null for the first portion.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<Ticket>> ListFallbacksAsync(Guid? after, int limit, CancellationToken cancellationToken);

    /// <summary>How many tickets <see cref="ListFallbacksAsync"/> would list without a limit.</summary>
    Task<long> CountFallbacksAsync(CancellationToken cancellationToken);

    /// <summary>The stored entries of a ticket's timeline, oldest first: all but the first, which is derived.</summary>
    Task<IReadOnlyList<TimelineEntry>> ListTimelineAsync(TimelineQuery query, CancellationToken cancellationToken);

    /// <summary>The effects of a change that have yet to be struck out, by number.</summary>
    Task<IReadOnlyList<TicketEffect>> ListEffectsAsync(EffectsKey key, CancellationToken cancellationToken);

    /// <summary>The changes from before <paramref name="before"/> with effects that have yet to be struck out, some of the oldest.</summary>
    Task<IReadOnlyList<EffectsKey>> ListLeftoverEffectsAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);

    /// <summary>Strikes an effect out: it was carried out. A repeat changes nothing.</summary>
    Task SettleEffectAsync(EffectsKey key, int number, CancellationToken cancellationToken);
}
