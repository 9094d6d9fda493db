using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Triage;

/// <summary>
/// What a triage starts from. The accepted ticket is the one text that travels through the durable history: until it is in
/// the store, this is where it lives. Fields are added, never renamed: instances outlive deployments.
/// </summary>
/// <param name="Ticket">The ticket as it was accepted.</param>
/// <param name="Revision">Counts the triages of this ticket, from 1.</param>
/// <param name="Options">The settings at the time of acceptance.</param>
/// <param name="TellRequester">
/// Whether the requester is told that the ticket is there. False for what an older version scheduled: its history knows nothing of it.
/// </param>
public sealed record TriageInput(Ticket Ticket, int Revision, TriageOptions Options, bool TellRequester = false);
