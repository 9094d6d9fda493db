using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Tickets.Timeline;

/// <summary>An entry as the API shows it; members as in <see cref="TimelineEntry"/>, those that are null are absent.</summary>
public sealed record TimelineEntryView
{
    /// <summary>Its number; absent for a mail, which is not part of the ticket.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public required int? Seq { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it.</summary>
    public required TimelineActorView Actor { get; init; }

    /// <summary>What happened.</summary>
    public required TimelineKind Kind { get; init; }

    /// <summary>Which field; for a mail, which one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Field { get; init; }

    /// <summary>Its value before.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? From { get; init; }

    /// <summary>Its value after.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? To { get; init; }

    /// <summary>Why; absent for the requester.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>What somebody wrote.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Body { get; init; }

    /// <summary>True for what only staff sees.</summary>
    public required bool Internal { get; init; }

    /// <summary>What may be seen of <paramref name="entry"/>.</summary>
    /// <exception cref="ArgumentException">The entry is internal and the viewer isn't staff.</exception>
    public static TimelineEntryView Of(TimelineEntry entry, bool staff)
    {
        // The last line of defence: whoever lists entries for a requester leaves the internal ones out.
        if (entry.Internal && !staff) throw new ArgumentException("An internal entry is for staff only.", nameof(entry));
        return new TimelineEntryView
        {
            Seq = entry.Kind == TimelineKind.Mailed ? null : entry.Seq,
            At = entry.At,
            Actor = new TimelineActorView(entry.Actor.Kind, entry.Actor.Id, entry.Actor.Name),
            // That a person saw something otherwise than the analysis, or let it lie, is no business of the requester's.
            Kind = entry.Kind is TimelineKind.Corrected or TimelineKind.Escalated && !staff ? TimelineKind.Changed : entry.Kind,
            Field = entry.Field,
            From = entry.From,
            To = entry.To,
            Reason = staff ? entry.Reason : null,
            Body = entry.Body,
            Internal = entry.Internal,
        };
    }
}
