namespace TicketAssistant.Functions.Triage.Offline;

/// <summary>What a cue speaks for; each kind has its own table.</summary>
internal enum CueKind
{
    /// <summary>A skill by name.</summary>
    Mention,

    /// <summary>Something that happens in a skill's field.</summary>
    Symptom,

    /// <summary>What stands near a skill's name when an ordinary word is really meant as that skill.</summary>
    Context,

    /// <summary>A kind of ticket.</summary>
    Type,

    /// <summary>One of the reasons for which a ticket is more or less pressing.</summary>
    Priority,

    /// <summary>The requester's mood.</summary>
    Tone,

    /// <summary>A trait of text that talks to the machine instead of to a colleague.</summary>
    Steering,

    /// <summary>Negation, titles before names, and words that say that something works.</summary>
    Grammar,
}
