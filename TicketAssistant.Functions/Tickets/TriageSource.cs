using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Tickets;

/// <summary>Who made the analysis.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TriageSource>))]
public enum TriageSource
{
    /// <summary>The rule-based analyser; needs no network.</summary>
    [JsonStringEnumMemberName("offline")] Offline,

    /// <summary>The configured language model; its name stands beside it.</summary>
    [JsonStringEnumMemberName("gemini")] Gemini,

    /// <summary>A moderator or an admin.</summary>
    [JsonStringEnumMemberName("human")] Human,
}
