using TicketAssistant.Functions.Tickets;

namespace TicketAssistant.Functions.Storage;

/// <summary>Which tickets to list, and in which order. Filters combine; null means no filter.</summary>
public sealed record TicketQuery
{
    /// <summary>Only tickets of this requester: ownership belongs into the query.</summary>
    public Guid? RequesterId { get; init; }

    /// <summary>
    /// True for who may also find tickets by what only staff has written into them. Without, <see cref="Text"/> looks at what
    /// the requester sees.
    /// </summary>
    public bool Staff { get; init; }

    /// <summary>Only this status.</summary>
    public TicketStatus? Status { get; init; }

    /// <summary>Only this priority.</summary>
    public TicketPriority? Priority { get; init; }

    /// <summary>Only this kind.</summary>
    public TicketType? Type { get; init; }

    /// <summary>Only tickets of this assignee.</summary>
    public Guid? AssigneeId { get; init; }

    /// <summary>Only tickets that nobody has.</summary>
    public bool Unassigned { get; init; }

    /// <summary>Only tickets whose analysis stands there.</summary>
    public TriageState? Triage { get; init; }

    /// <summary>Only tickets created at this time or later.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Only tickets created at this time or earlier.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>
    /// Only tickets in whose title, description and comments each of these words begins a word. Words are runs of letters and digits,
    /// their case doesn't matter, other characters only divide them; without any word this is no filter.
    /// </summary>
    public string? Text { get; init; }

    /// <summary>The order.</summary>
    public TicketSort Sort { get; init; }

    /// <summary>1 to 100.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>
    /// A <see cref="Page{T}.Next"/> of an earlier page in the same order, or null. A malformed one, or one of another order,
    /// throws <see cref="FormatException"/>.
    /// </summary>
    public string? Cursor { get; init; }
}
