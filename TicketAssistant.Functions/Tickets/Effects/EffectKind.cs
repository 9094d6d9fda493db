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

    /// <summary>Staff acted on the ticket, or it came to stand where nobody has to: whatever watches over it starts anew or ends.</summary>
    [JsonStringEnumMemberName("acted")] Acted,
}
