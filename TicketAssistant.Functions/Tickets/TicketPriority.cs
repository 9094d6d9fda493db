using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Tickets;

/// <summary>How soon a ticket needs a person; ordered, so that it can be compared and sorted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TicketPriority>))]
public enum TicketPriority
{
    /// <summary>Whenever there is time.</summary>
    [JsonStringEnumMemberName("low")] Low,

    /// <summary>The usual.</summary>
    [JsonStringEnumMemberName("medium")] Medium,

    /// <summary>Somebody cannot work, or money is at stake.</summary>
    [JsonStringEnumMemberName("high")] High,

    /// <summary>Many cannot work, data or safety is at stake: now.</summary>
    [JsonStringEnumMemberName("urgent")] Urgent,
}
