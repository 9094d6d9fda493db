using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage;

/// <summary>What statistics ask of a ticket. Whether people kept what the analysis said is null where it said nothing of that.</summary>
public sealed record TicketFact
{
    /// <summary>See <see cref="Ticket.Status"/>.</summary>
    public required TicketStatus Status { get; init; }

    /// <summary>See <see cref="Ticket.Priority"/>.</summary>
    public required TicketPriority Priority { get; init; }

    /// <summary>See <see cref="Ticket.Type"/>.</summary>
    public required TicketType Type { get; init; }

    /// <summary>See <see cref="Ticket.AssignedTo"/>.</summary>
    public required Guid? AssigneeId { get; init; }

    /// <summary>See <see cref="Ticket.CreatedAt"/>.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>See <see cref="TicketTriage.State"/>.</summary>
    public TriageState State { get; init; }

    /// <summary>See <see cref="TicketTriage.Source"/>.</summary>
    public TriageSource? Source { get; init; }

    /// <summary>See <see cref="Ticket.FirstResponseAt"/>.</summary>
    public DateTimeOffset? FirstResponseAt { get; init; }

    /// <summary>See <see cref="Ticket.ResolvedAt"/>.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>The type is the one that the analysis proposed.</summary>
    public bool? KeptType { get; init; }

    /// <summary>The priority is.</summary>
    public bool? KeptPriority { get; init; }

    /// <summary>The skills are, in their order.</summary>
    public bool? KeptSkills { get; init; }

    /// <summary>The assignee is the one whom the app chose last.</summary>
    public bool? KeptAssignee { get; init; }
}
