using TicketAssistant.Functions.Audit;

namespace TicketAssistant.Functions.Storage;

/// <summary>Which entries of the audit log to list, newest first.</summary>
public sealed record AuditQuery
{
    /// <summary>Only what this user did; null for all.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Only what was done to this; null for all.</summary>
    public string? Subject { get; init; }

    /// <summary>Only this; null for all.</summary>
    public AuditAction? Action { get; init; }

    /// <summary>Only from then on; null for all.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only until then; null for all.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>At most so many, 1 or more.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>Where an earlier page ended; null for the first.</summary>
    public string? Cursor { get; init; }
}
