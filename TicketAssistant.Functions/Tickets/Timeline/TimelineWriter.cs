using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Escalation;

namespace TicketAssistant.Functions.Tickets.Timeline;

/// <summary>Collects what is to be told of a change and what it entails, with the numbers that both have.</summary>
/// <param name="before">The ticket as it was read.</param>
/// <param name="actor">Who changes it.</param>
/// <param name="at">When (UTC).</param>
internal sealed class TimelineWriter(Ticket before, TimelineActor actor, DateTimeOffset at)
{
    private readonly List<TimelineEntry> _entries = [];
    private readonly List<TicketEffect> _effects = [];

    /// <summary>Adds an entry and returns its number. The draft's number, time and actor are replaced.</summary>
    public int Add(TimelineEntry draft)
    {
        var entry = draft with { Seq = before.LastEntry + _entries.Count + 1, At = at, Actor = actor };
        _entries.Add(entry);
        return entry.Seq;
    }

    /// <summary>Adds an entry of nothing but its kind.</summary>
    public int Add(TimelineKind kind, string? reason = null, string? body = null, bool isInternal = false) =>
        Add(Draft(kind) with { Reason = reason, Body = body, Internal = isInternal });

    /// <summary>Adds an entry that a field got another value.</summary>
    public int AddChange(TimelineKind kind, string field, string? from, string? to) =>
        Add(Draft(kind) with { Field = field, From = from, To = to });

    /// <summary>Adds an entry that somebody else has the ticket.</summary>
    public int AddAssignee(TimelineKind kind, PersonRef? from, PersonRef? to, string? reason) => Add(Draft(kind) with
    {
        Field = EnumNames<TicketField>.Of(TicketField.AssignedTo),
        From = from?.Name,
        FromId = from?.Id,
        To = to?.Name,
        ToId = to?.Id,
        Reason = reason,
    });

    /// <summary>Adds an entry that somebody was reminded of the ticket.</summary>
    public int AddReminder(PersonRef to, string reason) =>
        Add(Draft(TimelineKind.Reminded) with { To = to.Name, ToId = to.Id, Reason = reason, Internal = true });

    /// <summary>Owes somebody a mail, unless it would tell them of what they did themselves.</summary>
    /// <param name="kind">Which mail.</param>
    /// <param name="recipient">To whom; null for nobody.</param>
    /// <param name="number">What it tells of: the number of a timeline entry, or of an assignment.</param>
    public void Mail(MailKind kind, Guid? recipient, int number)
    {
        if (recipient is { } id && id != actor.Id) _effects.Add(new TicketEffect(_effects.Count, EffectKind.Mail, new MailKey(before.Id, kind, id, number)));
    }

    /// <summary>Entails something, once.</summary>
    public void Entail(EffectKind kind)
    {
        if (_effects.TrueForAll(effect => effect.Kind != kind)) _effects.Add(new TicketEffect(_effects.Count, kind));
    }

    /// <summary>
    /// <paramref name="after"/> with what is awaited of its assignee once it is so; entails that the clock for what was awaited before is
    /// told, and that one runs for what is now.
    /// </summary>
    public Ticket Await(Ticket after, AcknowledgementLimits limits)
    {
        var awaited = AcknowledgementRules.After(before, after, actor.Id, at, limits);
        if (awaited == before.Acknowledgement) return after;
        if (before.Acknowledgement is { } former) _effects.Add(new TicketEffect(_effects.Count, EffectKind.Acted, Acknowledgement: former.Number));
        if (awaited is not null) Entail(EffectKind.Awaited);
        return after with { Acknowledgement = awaited };
    }

    /// <summary>The change to <paramref name="after"/>, with everything that was added.</summary>
    public TicketChange Change(Ticket after, AssigneeChange? assignee = null) =>
        new(after with { LastEntry = before.LastEntry + _entries.Count, UpdatedAt = at })
        {
            Assignee = assignee,
            Entries = _entries,
            Effects = _effects,
        };

    private TimelineEntry Draft(TimelineKind kind) => new() { Seq = 0, At = at, Actor = actor, Kind = kind };
}
