using TicketAssistant.Functions.Accounts;

namespace TicketAssistant.Functions.Tickets.Timeline;

/// <summary>Who did something to a ticket.</summary>
/// <param name="Kind">A person, an analyser, or the app itself.</param>
/// <param name="Id">The person's account; null for all others.</param>
/// <param name="Name">The person's name at that time, or the model's own name; null where the kind says it all.</param>
public sealed record TimelineActor(ActorKind Kind, Guid? Id = null, string? Name = null)
{
    /// <summary>The app by its own rules.</summary>
    public static TimelineActor System { get; } = new(ActorKind.System);

    /// <summary>This person.</summary>
    public static TimelineActor Of(User person) => new(ActorKind.Person, person.Id, person.Name);

    /// <summary>Whoever made this analysis; the app where nobody could.</summary>
    public static TimelineActor Of(TicketTriage triage) => triage.Source switch
    {
        TriageSource.Gemini => new(ActorKind.Gemini, Name: triage.Model),
        TriageSource.Offline => new(ActorKind.Offline),
        _ => System,
    };
}
