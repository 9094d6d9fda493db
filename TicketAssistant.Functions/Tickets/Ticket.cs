namespace TicketAssistant.Functions.Tickets;

/// <summary>A ticket as it is stored. What a client sees of it depends on who asks: see <c>TicketView</c>.</summary>
public sealed record Ticket
{
    /// <summary>Unguessable identity: UUID v7, or derived from the requester and their Idempotency-Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>One line, 1 to 200 characters.</summary>
    public required string Title { get; init; }

    /// <summary>The requester's text, 1 to 20,000 characters.</summary>
    public required string Description { get; init; }

    /// <summary>Where it stands.</summary>
    public TicketStatus Status { get; init; } = TicketStatus.Todo;

    /// <summary>How soon it needs a person.</summary>
    public TicketPriority Priority { get; init; } = TicketPriority.Medium;

    /// <summary>What kind of request it is.</summary>
    public TicketType Type { get; init; } = TicketType.Other;

    /// <summary>The requester.</summary>
    public required PersonRef CreatedBy { get; init; }

    /// <summary>Who works on it; null while nobody does.</summary>
    public PersonRef? AssignedTo { get; init; }

    /// <summary>The skills it asks for, most important first.</summary>
    public IReadOnlyList<string> RelatedSkills { get; init; } = [];

    /// <summary>One or two sentences.</summary>
    public string? Summary { get; init; }

    /// <summary>Hints for the assignee. Untrusted text; not for the requester.</summary>
    public string? HelpfulNotes { get; init; }

    /// <summary>What the analysis said.</summary>
    public TicketTriage Triage { get; init; } = new();

    /// <summary>Why it went to whom it went; null until it was decided.</summary>
    public TicketAssignment? Assignment { get; init; }

    /// <summary>How often it was given to somebody, by whomever: what tells one assignment's mail from the next one's.</summary>
    public int Assignments { get; init; }

    /// <summary>Whom the app itself gave it to last, whoever has it now; null where it never did. Kept by the store.</summary>
    public Guid? ProposedAssignee { get; init; }

    /// <summary>That the assignee is still to act, and until when; null where nobody is. Set by the store with each assignment of the app's.</summary>
    public TicketAcknowledgement? Acknowledgement { get; init; }

    /// <summary>Who gave it back, or let it lie: the hand-out passes them over.</summary>
    public IReadOnlyList<Guid> ReleasedBy { get; init; } = [];

    /// <summary>What a person has decided: a later analysis leaves it as it is.</summary>
    public IReadOnlyList<TicketField> HumanSet { get; init; } = [];

    /// <summary>What staff thinks of the analysis; null where nobody said. Not for the requester.</summary>
    public TicketFeedback? Feedback { get; init; }

    /// <summary>When staff first answered the requester or first changed the status (UTC); null until then.</summary>
    public DateTimeOffset? FirstResponseAt { get; init; }

    /// <summary>Since when it is DONE (UTC); null while it isn't.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>The number of its last timeline entry; 1 is the creation.</summary>
    public int LastEntry { get; init; } = 1;

    /// <summary>When it was accepted (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed (UTC).</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public long Version { get; init; } = 1;

    /// <summary>Whether it was created before <paramref name="other"/>; of two of one moment the one with the lower id was.</summary>
    public bool IsEarlierThan(Ticket other) => (CreatedAt, Id).CompareTo((other.CreatedAt, other.Id)) < 0;
}
