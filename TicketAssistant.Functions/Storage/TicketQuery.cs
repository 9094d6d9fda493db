using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage;

/// <summary>Which tickets to list, newest first. Filters combine; null means no filter.</summary>
public sealed record TicketQuery
{
    /// <summary>Only tickets of this requester: ownership belongs into the query.</summary>
    public Guid? RequesterId { get; init; }

    /// <summary>Only this status.</summary>
    public TicketStatus? Status { get; init; }

    /// <summary>Only this priority.</summary>
    public TicketPriority? Priority { get; init; }

    /// <summary>Only this kind.</summary>
    public TicketType? Type { get; init; }

    /// <summary>Only tickets whose analysis has come this far.</summary>
    public TriageState? Triage { get; init; }

    /// <summary>Only tickets of this assignee.</summary>
    public Guid? AssigneeId { get; init; }

    /// <summary>Only tickets that nobody has.</summary>
    public bool Unassigned { get; init; }

    /// <summary>
    /// Only tickets in whose title and description each of these words begins a word. Words are runs of letters and digits,
    /// their case doesn't matter, other characters only divide them; without any word this is no filter.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>1 to 100.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>A <see cref="Page{T}.Next"/> of an earlier page, or null. A malformed one throws <see cref="FormatException"/>.</summary>
    public string? Cursor { get; init; }
}
