using TicketAssistant.Functions.Accounts;
using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Notifications;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Escalation;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Tickets.Work;

/// <summary>
/// What a comment makes of a ticket. A requester who writes has not got what they need: what was DONE opens again, what was
/// WAITING, for them as a rule, goes on.
/// </summary>
internal static class TicketComment
{
    /// <summary>The change; the comment is its first entry.</summary>
    public static TicketChange Make(Ticket before, User author, string body, bool isInternal, AcknowledgementLimits limits, DateTimeOffset at)
    {
        var isRequester = author.Id == before.CreatedBy.Id && author.Id != before.AssignedTo?.Id;
        var isStaffAtWork = author.IsStaff() && author.Id != before.CreatedBy.Id;
        var writer = new TimelineWriter(before, TimelineActor.Of(author), at);
        var after = before;

        var seq = writer.Add(TimelineKind.Comment, body: body, isInternal: isInternal);
        writer.Mail(MailKind.Commented, before.AssignedTo?.Id, seq);
        if (isStaffAtWork && !isInternal)
        {
            // A requester who has the ticket too has been told as that already.
            if (before.AssignedTo?.Id != before.CreatedBy.Id) writer.Mail(MailKind.Replied, before.CreatedBy.Id, seq);
            after = after with { FirstResponseAt = before.FirstResponseAt ?? at };
        }

        if (isRequester && !isInternal && before.Status is TicketStatus.Done or TicketStatus.Waiting)
        {
            var status = before.Status == TicketStatus.Waiting && before.AssignedTo is not null ? TicketStatus.InProgress : TicketStatus.Todo;
            writer.AddChange(TimelineKind.Changed, "status", EnumNames<TicketStatus>.Of(before.Status), EnumNames<TicketStatus>.Of(status));
            if (before.AssignedTo is null) writer.Entail(EffectKind.HandOut);
            after = after with { Status = status, ResolvedAt = null };
        }

        return writer.Change(writer.Await(after, limits));
    }
}
