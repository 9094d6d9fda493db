using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Tickets.Escalation;

/// <summary>What each stage makes of a ticket on which its assignee has not acted. Pure.</summary>
/// <param name="before">The ticket as it was read: somebody has it, and is to act.</param>
/// <param name="limit">How long until the next stage.</param>
/// <param name="at">When (UTC).</param>
internal sealed class Escalation(Ticket before, TimeSpan limit, DateTimeOffset at)
{
    private readonly TimelineWriter _writer = new(before, TimelineActor.System, at);

    private readonly PersonRef _holder = before.AssignedTo ?? throw new ArgumentException($"Nobody has ticket {before.Id}.", nameof(before));

    private readonly TicketAcknowledgement _awaited =
        before.Acknowledgement ?? throw new ArgumentException($"Nothing is awaited of ticket {before.Id}.", nameof(before));

    /// <summary>The assignee is reminded.</summary>
    public TicketChange Remind()
    {
        var seq = _writer.AddReminder(_holder, $"{_holder.Name} has not acted on it for {Silence}.");
        _writer.Mail(MailKind.Reminded, _holder.Id, seq);
        return _writer.Change(before with { Acknowledgement = Next(AcknowledgementStage.Reminded) });
    }

    /// <summary>It goes to the next best, if they are still free; both are told.</summary>
    public TicketChange PassOn(User next, TicketAssignment assignment)
    {
        var reason = $"{_holder.Name} has not acted on it for {Silence}. {assignment.Reason}";
        var given = Give(next, assignment with { Reason = reason });
        _writer.Mail(MailKind.Assigned, next.Id, given.Assignments);
        return _writer.Change(
            given with { Acknowledgement = Next(AcknowledgementStage.PassedOn) },
            new AssigneeChange(next.Id) { ByApp = true, OnlyIfFree = true });
    }

    /// <summary>It goes to an admin, who knows best what else can be done; nobody is awaited any more.</summary>
    public TicketChange ToAdmin(User admin)
    {
        var reason = $"Nobody has acted on it for {Silence}; {_holder.Name} had it last.";
        if (admin.Id == _holder.Id)
        {
            var seq = _writer.Add(TimelineKind.Escalated, $"{reason} There is nobody else to give it to.", isInternal: true);
            _writer.Mail(MailKind.Escalated, admin.Id, seq);
            return _writer.Change(before with { Acknowledgement = null });
        }

        var given = Give(admin, new TicketAssignment(reason, [], 0));
        _writer.Mail(MailKind.Escalated, admin.Id, before.LastEntry + 1);
        return _writer.Change(given with { Acknowledgement = null }, new AssigneeChange(admin.Id) { ByApp = true });
    }

    private string Silence => MailText.Duration(at - _awaited.Since);

    private TicketAcknowledgement Next(AcknowledgementStage stage) => _awaited with { Stage = stage, DueAt = at + limit };

    private Ticket Give(User to, TicketAssignment assignment)
    {
        var person = new PersonRef(to.Id, to.Email, to.Name);
        var seq = _writer.AddAssignee(TimelineKind.Escalated, _holder, person, assignment.Reason);
        _writer.Mail(MailKind.Withdrawn, _holder.Id, seq);
        // Who had it has room again.
        _writer.Entail(EffectKind.HandOut);
        return before with
        {
            AssignedTo = person,
            Assignment = assignment,
            Assignments = before.Assignments + 1,
            HumanSet = [.. before.HumanSet.Where(field => field != TicketField.AssignedTo)],
            ReleasedBy = [.. before.ReleasedBy.Union([_holder.Id])],
        };
    }
}
