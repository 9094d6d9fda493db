namespace TicketAssistant.Functions.Tickets.Timeline;

/// <summary>
/// One thing that happened to a ticket. Entries are only ever added, in the same step as the change that they tell of. What a
/// client sees of one depends on who asks: see <see cref="TimelineEntryView"/>.
/// </summary>
public sealed record TimelineEntry
{
    /// <summary>Its number among the ticket's entries, without gaps; 1 is the creation.</summary>
    public required int Seq { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it.</summary>
    public required TimelineActor Actor { get; init; }

    /// <summary>What happened.</summary>
    public required TimelineKind Kind { get; init; }

    /// <summary>Which field of the ticket changed, by its name in the API; null where none did.</summary>
    public string? Field { get; init; }

    /// <summary>The field's value before, as the API writes it; a person's name where it is a person; null for none.</summary>
    public string? From { get; init; }

    /// <summary>The field's value after.</summary>
    public string? To { get; init; }

    /// <summary>The account behind <see cref="From"/>, where that is a person.</summary>
    public Guid? FromId { get; init; }

    /// <summary>The account behind <see cref="To"/>, where that is a person; the recipient of a mail.</summary>
    public Guid? ToId { get; init; }

    /// <summary>Why. Not for the requester.</summary>
    public string? Reason { get; init; }

    /// <summary>What somebody wrote, 1 to 10,000 characters; null where nobody wrote anything.</summary>
    public string? Body { get; init; }

    /// <summary>True where the requester must not know of it at all.</summary>
    public bool Internal { get; init; }

    /// <summary>The first entry of every ticket. It is derived from the ticket and never stored.</summary>
    public static TimelineEntry Created(Ticket ticket) => new()
    {
        Seq = 1,
        At = ticket.CreatedAt,
        Actor = new TimelineActor(ActorKind.Person, ticket.CreatedBy.Id, ticket.CreatedBy.Name),
        Kind = TimelineKind.Created,
    };
}
