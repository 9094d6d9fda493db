using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Tickets;

/// <summary>What an analysis decides and a person can decide otherwise.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TicketField>))]
public enum TicketField
{
    /// <summary><see cref="Ticket.Type"/>.</summary>
    [JsonStringEnumMemberName("type")] Type,

    /// <summary><see cref="Ticket.Priority"/>.</summary>
    [JsonStringEnumMemberName("priority")] Priority,

    /// <summary><see cref="Ticket.RelatedSkills"/>.</summary>
    [JsonStringEnumMemberName("relatedSkills")] RelatedSkills,

    /// <summary><see cref="Ticket.AssignedTo"/>.</summary>
    [JsonStringEnumMemberName("assignedTo")] AssignedTo,
}
