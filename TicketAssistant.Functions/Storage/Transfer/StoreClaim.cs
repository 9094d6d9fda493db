namespace TicketAssistant.Functions.Storage.Transfer;

/// <summary>That a ticket was given to somebody.</summary>
/// <param name="Revision">The revision that was claimed.</param>
/// <param name="AssigneeId">For whom.</param>
/// <param name="At">When (UTC).</param>
public sealed record StoreClaim(int Revision, Guid AssigneeId, DateTimeOffset At);
