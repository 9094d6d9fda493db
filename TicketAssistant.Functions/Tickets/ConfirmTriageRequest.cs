namespace TicketAssistant.Functions.Tickets;

/// <summary>Body of POST /api/tickets/{id}/triage/confirm. What is left out is confirmed as it was proposed.</summary>
/// <param name="Type">The right kind.</param>
/// <param name="Priority">The right priority.</param>
/// <param name="RelatedSkills">The skills that it really asks for, at most 8; an empty list where it asks for none.</param>
/// <param name="AssignedTo">Who is to have it: a moderator or admin, away or full or not.</param>
/// <param name="Version">The version of the ticket that was looked at; a later one is a 409.</param>
public sealed record ConfirmTriageRequest(
    TicketType? Type = null,
    TicketPriority? Priority = null,
    IReadOnlyList<string>? RelatedSkills = null,
    Guid? AssignedTo = null,
    long? Version = null);
