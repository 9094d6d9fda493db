using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage;

/// <summary>Somebody who could take the ticket.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Assignment">The decision and its reason, stored on the ticket if this person is chosen.</param>
public sealed record AssignmentCandidate(Guid UserId, TicketAssignment Assignment);
