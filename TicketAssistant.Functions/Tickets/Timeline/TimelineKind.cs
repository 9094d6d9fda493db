using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Tickets.Timeline;

/// <summary>What happened to a ticket.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TimelineKind>))]
public enum TimelineKind
{
    /// <summary>The requester posted it.</summary>
    [JsonStringEnumMemberName("created")] Created,

    /// <summary>A field got another value.</summary>
    [JsonStringEnumMemberName("changed")] Changed,

    /// <summary>A person changed what the analysis had decided: type, priority, skills or assignee.</summary>
    [JsonStringEnumMemberName("corrected")] Corrected,

    /// <summary>Somebody wrote something.</summary>
    [JsonStringEnumMemberName("comment")] Comment,

    /// <summary>It was analysed.</summary>
    [JsonStringEnumMemberName("triaged")] Triaged,

    /// <summary>A person settled what the analysis proposed, or the time for it ran out.</summary>
    [JsonStringEnumMemberName("confirmed")] Confirmed,

    /// <summary>The app gave it to somebody.</summary>
    [JsonStringEnumMemberName("assigned")] Assigned,

    /// <summary>Nobody could take it; it waits to be handed out.</summary>
    [JsonStringEnumMemberName("queued")] Queued,

    /// <summary>Its assignee did not act on it in time and was told so.</summary>
    [JsonStringEnumMemberName("reminded")] Reminded,

    /// <summary>Its assignee still did not act: it went to somebody else, or to an admin's notice.</summary>
    [JsonStringEnumMemberName("escalated")] Escalated,

    /// <summary>Somebody was told by mail.</summary>
    [JsonStringEnumMemberName("mailed")] Mailed,

    /// <summary>Somebody judged the analysis.</summary>
    [JsonStringEnumMemberName("feedback")] Feedback,
}
