namespace TicketAssistant.Functions.Accounts.Closing;

/// <summary>Which ticket is to leave whom.</summary>
/// <param name="TicketId">The ticket.</param>
/// <param name="UserId">Who has it.</param>
public sealed record TicketRelease(Guid TicketId, Guid UserId);
