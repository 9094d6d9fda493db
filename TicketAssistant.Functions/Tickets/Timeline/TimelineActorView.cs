using System.Text.Json.Serialization;

namespace TicketAssistant.Functions.Tickets.Timeline;

/// <summary>An actor as the API shows it.</summary>
/// <param name="Kind">person, gemini, offline or system.</param>
/// <param name="Id">The person's account; absent for all others.</param>
/// <param name="Name">The person's name or the model's own; absent where the kind says it all.</param>
public sealed record TimelineActorView(
    ActorKind Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Guid? Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name);
