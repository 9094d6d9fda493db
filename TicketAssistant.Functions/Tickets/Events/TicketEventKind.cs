using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Tickets.Events;

/// <summary>What happened to a ticket, as far as an event says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TicketEventKind>))]
public enum TicketEventKind
{
    /// <summary>It is new.</summary>
    [JsonStringEnumMemberName("created")] Created,

    /// <summary>Something about it changed; the ticket and its timeline tell what.</summary>
    [JsonStringEnumMemberName("changed")] Changed,
}
