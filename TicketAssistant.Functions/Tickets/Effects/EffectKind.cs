using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Tickets.Effects;

/// <summary>What a change of a ticket entails outside of it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EffectKind>))]
public enum EffectKind
{
    /// <summary>Somebody is to be told by mail.</summary>
    [JsonStringEnumMemberName("mail")] Mail,

    /// <summary>Somebody has room again, or a ticket waits for somebody: waiting tickets are to be handed out.</summary>
    [JsonStringEnumMemberName("hand_out")] HandOut,

    /// <summary>What was awaited of an assignee is awaited no more: the clock that runs for it has to look at the ticket.</summary>
    [JsonStringEnumMemberName("acted")] Acted,

    /// <summary>An assignee is to act: a clock has to run for it.</summary>
    [JsonStringEnumMemberName("awaited")] Awaited,
}
