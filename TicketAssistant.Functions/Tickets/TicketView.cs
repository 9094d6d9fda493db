using System.Text.Json.Serialization;
using TicketAssistant.Functions.Accounts;

namespace TicketAssistant.Functions.Tickets;

/// <summary>
/// A ticket as the API shows it. What is only for staff (notes, reasons, assignment) is left out for plain users; the
/// viewer's role decides.
/// </summary>
public sealed record TicketView
{
    /// <summary>See <see cref="Ticket.Id"/>.</summary>
    public required Guid Id { get; init; }

    /// <summary>See <see cref="Ticket.Title"/>.</summary>
    public required string Title { get; init; }

    /// <summary>See <see cref="Ticket.Description"/>.</summary>
    public required string Description { get; init; }

    /// <summary>See <see cref="Ticket.Status"/>.</summary>
    public required TicketStatus Status { get; init; }

    /// <summary>See <see cref="Ticket.Priority"/>.</summary>
    public required TicketPriority Priority { get; init; }

    /// <summary>See <see cref="Ticket.Type"/>.</summary>
    public required TicketType Type { get; init; }

    /// <summary>See <see cref="Ticket.CreatedBy"/>.</summary>
    public required PersonRef CreatedBy { get; init; }

    /// <summary>See <see cref="Ticket.AssignedTo"/>.</summary>
    public required PersonRef? AssignedTo { get; init; }

    /// <summary>See <see cref="Ticket.RelatedSkills"/>.</summary>
    public required IReadOnlyList<string> RelatedSkills { get; init; }

    /// <summary>See <see cref="Ticket.Summary"/>.</summary>
    public required string? Summary { get; init; }

    /// <summary>See <see cref="Ticket.HelpfulNotes"/>; absent for the requester.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? HelpfulNotes { get; init; }

    /// <summary>See <see cref="Ticket.Triage"/>; without the reason for the requester.</summary>
    public required TriageView Triage { get; init; }

    /// <summary>See <see cref="Ticket.Assignment"/>; absent for the requester.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TicketAssignment? Assignment { get; init; }

    /// <summary>
    /// When the ticket's escalation goes on if its assignee doesn't act: see <see cref="TicketAcknowledgement.DueAt"/>. Absent for the
    /// requester, and where nothing is awaited.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? AcknowledgeBy { get; init; }

    /// <summary>See <see cref="Ticket.HumanSet"/>; absent for the requester.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TicketField>? HumanSet { get; init; }

    /// <summary>See <see cref="Ticket.Feedback"/>; absent for the requester and where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TicketFeedback? Feedback { get; init; }

    /// <summary>See <see cref="Ticket.FirstResponseAt"/>.</summary>
    public required DateTimeOffset? FirstResponseAt { get; init; }

    /// <summary>See <see cref="Ticket.ResolvedAt"/>.</summary>
    public required DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>See <see cref="Ticket.CreatedAt"/>.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>See <see cref="Ticket.UpdatedAt"/>.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>See <see cref="Ticket.Version"/>.</summary>
    public required long Version { get; init; }

    /// <summary>What <paramref name="viewer"/> may see of <paramref name="ticket"/>.</summary>
    public static TicketView Of(Ticket ticket, User viewer)
    {
        var staff = viewer.Role >= Role.Moderator;
        return new TicketView
        {
            Id = ticket.Id,
            Title = ticket.Title,
            Description = ticket.Description,
            Status = ticket.Status,
            Priority = ticket.Priority,
            Type = ticket.Type,
            CreatedBy = ticket.CreatedBy,
            AssignedTo = ticket.AssignedTo,
            RelatedSkills = ticket.RelatedSkills,
            Summary = ticket.Summary,
            HelpfulNotes = staff ? ticket.HelpfulNotes : null,
            Triage = TriageView.Of(ticket.Triage, staff),
            Assignment = staff ? ticket.Assignment : null,
            AcknowledgeBy = staff ? ticket.Acknowledgement?.DueAt : null,
            HumanSet = staff ? ticket.HumanSet : null,
            Feedback = staff ? ticket.Feedback : null,
            FirstResponseAt = ticket.FirstResponseAt,
            ResolvedAt = ticket.ResolvedAt,
            CreatedAt = ticket.CreatedAt,
            UpdatedAt = ticket.UpdatedAt,
            Version = ticket.Version,
        };
    }
}
