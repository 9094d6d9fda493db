namespace TicketAssistant.Functions.Tickets;

/// <summary>A person as a ticket shows them, copied when the ticket was written or assigned.</summary>
/// <param name="Id">Their account.</param>
/// <param name="Email">Their address.</param>
/// <param name="Name">Their name.</param>
public sealed record PersonRef(Guid Id, string Email, string Name);
