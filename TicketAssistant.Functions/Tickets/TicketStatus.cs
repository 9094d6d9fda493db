using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Tickets;

/// <summary>Where a ticket stands. Everything but <see cref="Done"/> counts as open.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TicketStatus>))]
public enum TicketStatus
{
    /// <summary>Nobody has begun.</summary>
    [JsonStringEnumMemberName("TODO")] Todo,

    /// <summary>The assignee is at work.</summary>
    [JsonStringEnumMemberName("IN_PROGRESS")] InProgress,

    /// <summary>Waits for the requester or a third party.</summary>
    [JsonStringEnumMemberName("WAITING")] Waiting,

    /// <summary>Solved or closed.</summary>
    [JsonStringEnumMemberName("DONE")] Done,
}
