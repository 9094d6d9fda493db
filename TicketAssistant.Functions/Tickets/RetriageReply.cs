namespace TicketAssistant.Functions.Tickets;

/// <summary>Reply of POST /api/tickets/{id}/triage.</summary>
/// <param name="Revision">Which triage of the ticket is on its way.</param>
/// <param name="InstanceId">Its orchestration.</param>
public sealed record RetriageReply(int Revision, string InstanceId);
