using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Storage;

/// <summary>In which order tickets are listed; the id decides between equals.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TicketSort>))]
public enum TicketSort
{
    /// <summary>Newest first.</summary>
    [JsonStringEnumMemberName("created")] Created,

    /// <summary>Changed last first.</summary>
    [JsonStringEnumMemberName("updated")] Updated,

    /// <summary>Most urgent first, and of those the oldest.</summary>
    [JsonStringEnumMemberName("priority")] Priority,

    /// <summary>Oldest first.</summary>
    [JsonStringEnumMemberName("age")] Age,
}
