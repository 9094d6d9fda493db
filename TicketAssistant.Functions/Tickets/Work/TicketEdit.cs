using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Http;
using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Escalation;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Tickets.Work;

/// <summary>What a person's PATCH makes of a ticket. Pure: everything that has to be looked up was.</summary>
/// <param name="before">The ticket as it was read.</param>
/// <param name="actor">Who changes it.</param>
/// <param name="request">The change, its skills cleaned.</param>
/// <param name="assignee">Whom <see cref="UpdateTicketRequest.AssignedTo"/> names.</param>
/// <param name="assignment">What is to be said of why they have it; null where nobody is named.</param>
/// <param name="limits">How long an assignee has to act.</param>
/// <param name="at">When (UTC).</param>
internal sealed class TicketEdit(
    Ticket before,
    User actor,
    UpdateTicketRequest request,
    PersonRef? assignee,
    TicketAssignment? assignment,
    AcknowledgementLimits limits,
    DateTimeOffset at)
{
    private const string StatusField = "status";

    /// <summary>True where it settles what the analysis proposed, with or without a change of it.</summary>
    public bool Confirms { get; init; }

    private readonly TimelineWriter _writer = new(before, TimelineActor.Of(actor), at);

    private Ticket _after = null!;

    /// <summary>The change; null where everything is already as asked for.</summary>
    /// <exception cref="ProblemException">409: the ticket can't go there from where it is.</exception>
    public TicketChange? Make()
    {
        _after = before;
        if (Confirms) _writer.Add(TimelineKind.Confirmed, isInternal: true);
        // In this order: the timeline tells it so, and a status may depend on who has the ticket.
        var assigneeChange = SetAssignee();
        SetAnalysed(TicketField.Type, before.Type, request.Type ?? before.Type, EnumNames<TicketType>.Of, value => _after with { Type = value });
        SetAnalysed(TicketField.Priority, before.Priority, request.Priority ?? before.Priority, EnumNames<TicketPriority>.Of, value => _after with { Priority = value });
        SetAnalysed(
            TicketField.RelatedSkills, string.Join(", ", before.RelatedSkills), string.Join(", ", request.RelatedSkills ?? before.RelatedSkills),
            skills => skills, _ => _after with { RelatedSkills = request.RelatedSkills! });
        SetStatus();
        if (Confirms) Confirm();
        if (_after == before) return null;

        AfterAll();
        return _writer.Change(_after, assigneeChange);
    }

    private void Confirm() => _after = _after with
    {
        Triage = before.Triage with
        {
            State = TriageState.Succeeded,
            Source = _after == before ? before.Triage.Source : TriageSource.Human,
            Confirmation = new TriageConfirmation(new PersonRef(actor.Id, actor.Email, actor.Name), at),
        },
    };

    private AssigneeChange? SetAssignee()
    {
        if (!request.AssignedTo.IsSet || assignee?.Id == before.AssignedTo?.Id) return null;
        if ((request.Status ?? before.Status) == TicketStatus.Done)
            throw Conflict("A DONE ticket is nobody's work. Reopen it in the same request, or leave its assignee as it is.");

        _after = _after with
        {
            AssignedTo = assignee,
            Assignment = assignment,
            HumanSet = assignee is null ? [.. _after.HumanSet.Where(field => field != TicketField.AssignedTo)] : WithHuman(TicketField.AssignedTo),
            ReleasedBy = assignee is null && before.AssignedTo is { } former ? [.. before.ReleasedBy.Union([former.Id])] : before.ReleasedBy,
        };
        _writer.AddAssignee(KindOf(before.ProposedAssignee is not null), before.AssignedTo, assignee, assignment?.Reason);
        // Who has it no longer has room for another one; who gets it is told.
        if (before.AssignedTo is not null || assignee is null) _writer.Entail(EffectKind.HandOut);
        if (assignee is not null) GiveAgain(assignee);
        return new AssigneeChange(assignee?.Id);
    }

    private void SetAnalysed<T>(TicketField field, T from, T to, Func<T, string> nameOf, Func<T, Ticket> set)
    {
        if (EqualityComparer<T>.Default.Equals(from, to)) return;
        _after = set(to);
        _after = _after with { HumanSet = WithHuman(field) };
        _writer.AddChange(KindOf(before.Triage.Proposed is not null), EnumNames<TicketField>.Of(field), nameOf(from), nameOf(to));
    }

    private void SetStatus()
    {
        // What was given back waits like a new one.
        var isGivenBack = before.AssignedTo is not null && _after.AssignedTo is null;
        var to = request.Status ?? (isGivenBack && before.Status != TicketStatus.Done ? TicketStatus.Todo : before.Status);
        if (to == before.Status) return;
        var (fromName, toName) = (EnumNames<TicketStatus>.Of(before.Status), EnumNames<TicketStatus>.Of(to));
        if (!StatusMachine.Allows(before.Status, to)) throw Conflict($"A ticket does not go from {fromName} to {toName}.");
        if (StatusMachine.NeedsAssignee(to) && _after.AssignedTo is null) throw Conflict($"Nobody has this ticket, so it can't be {toName}. Give it to somebody in the same request.");

        var seq = _writer.AddChange(TimelineKind.Changed, StatusField, fromName, toName);
        _after = _after with { Status = to, ResolvedAt = to == TicketStatus.Done ? at : null };
        if (to == TicketStatus.Done)
        {
            if (IsStaffAtWork) _writer.Mail(MailKind.Resolved, before.CreatedBy.Id, seq);
            if (before.AssignedTo is not null) _writer.Entail(EffectKind.HandOut);
        }
        else if (before.Status == TicketStatus.Done)
        {
            // It is theirs again: unless it was just given to them, they have to hear of it.
            if (_after.AssignedTo is { } owner && owner.Id == before.AssignedTo?.Id) GiveAgain(owner);
        }

        if (IsStaffAtWork) _after = _after with { FirstResponseAt = before.FirstResponseAt ?? at };
    }

    private void AfterAll()
    {
        _after = _writer.Await(_after, limits);
        // It waits, and what it asks for may be another thing now.
        if (_after.AssignedTo is null && _after.Status != TicketStatus.Done) _writer.Entail(EffectKind.HandOut);
    }

    private void GiveAgain(PersonRef to)
    {
        _after = _after with { Assignments = before.Assignments + 1 };
        _writer.Mail(MailKind.Assigned, to.Id, _after.Assignments);
    }

    private bool IsStaffAtWork => actor.IsStaff() && actor.Id != before.CreatedBy.Id;

    private IReadOnlyList<TicketField> WithHuman(TicketField field) => [.. _after.HumanSet.Union([field]).Order()];

    private static TimelineKind KindOf(bool correction) => correction ? TimelineKind.Corrected : TimelineKind.Changed;

    private static ProblemException Conflict(string detail) => new(409, "Not from here", detail);
}
