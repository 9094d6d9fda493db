using System.Text.Json.Serialization;
using TicketAssistant.Functions.Notifications;

namespace TicketAssistant.Functions.Tickets.Effects;

/// <summary>
/// Something that a change of a ticket entails outside of it. It is stored in the same step as the change, carried out at least
/// once after, and then struck out. Fields are added, never renamed: effects outlive deployments.
/// </summary>
/// <param name="Number">Its number among the effects of the change, from 0.</param>
/// <param name="Kind">What is to be done.</param>
/// <param name="Mail">Which mail, where it is one.</param>
/// <param name="Acknowledgement">
/// The <see cref="TicketAcknowledgement.Number"/> of what is awaited no more, with <see cref="EffectKind.Acted"/>; null in what an
/// older version stored, which nobody listened to.
/// </param>
public sealed record TicketEffect(
    int Number,
    EffectKind Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MailKey? Mail = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Acknowledgement = null);
