using TicketAssistant.Functions.Http;

namespace TicketAssistant.Functions.Tickets.Work;

/// <summary>Body of PATCH /api/tickets/{id}. What is left out stays as it is, and so does what is null, but for the assignee.</summary>
/// <param name="Version">The version that the caller has seen.</param>
/// <param name="Status">See <see cref="StatusMachine"/>.</param>
/// <param name="Priority">How soon it needs a person.</param>
/// <param name="Type">Kind of request.</param>
/// <param name="RelatedSkills">At most 8, of 1 to 60 characters each, most important first.</param>
/// <param name="AssignedTo">A moderator's or admin's id, or <c>me</c>; null to give it back, so that it is handed out again.</param>
public sealed record UpdateTicketRequest(
    long Version,
    TicketStatus? Status = null,
    TicketPriority? Priority = null,
    TicketType? Type = null,
    IReadOnlyList<string>? RelatedSkills = null,
    OptionalValue<string?> AssignedTo = default);
