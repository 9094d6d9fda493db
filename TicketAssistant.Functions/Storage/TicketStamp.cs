namespace TicketAssistant.Functions.Storage;

/// <summary>That a ticket has changed: as much of it as one needs to know whom to tell.</summary>
/// <param name="TicketId">Which.</param>
/// <param name="RequesterId">Whose.</param>
/// <param name="Version">Its version.</param>
/// <param name="UpdatedAt">When it changed last (UTC), by the clock of whoever changed it.</param>
public sealed record TicketStamp(Guid TicketId, Guid RequesterId, long Version, DateTimeOffset UpdatedAt);
