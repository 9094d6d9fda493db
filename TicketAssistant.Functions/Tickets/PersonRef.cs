namespace TicketAssistant.Functions.Tickets;

/// <summary>A person as a ticket shows them, copied when the ticket was written or assigned.</summary>
public sealed record PersonRef(Guid Id, string Email, string Name);
