using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Tickets.Timeline;

/// <summary>What kind of actor did something to a ticket.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ActorKind>))]
public enum ActorKind
{
    /// <summary>The app by its own rules.</summary>
    [JsonStringEnumMemberName("system")] System,

    /// <summary>Somebody with an account.</summary>
    [JsonStringEnumMemberName("person")] Person,

    /// <summary>The configured language model; its own name stands beside it.</summary>
    [JsonStringEnumMemberName("gemini")] Gemini,

    /// <summary>The rule-based analyser.</summary>
    [JsonStringEnumMemberName("offline")] Offline,
}
