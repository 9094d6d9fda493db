using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Json;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Effects;
using TicketAssistant.Functions.Tickets.Escalation;
using TicketAssistant.Functions.Tickets.Timeline;
using TicketAssistant.Functions.Triage;

namespace TicketAssistant.Functions.Accounts.Closing;

/// <summary>Takes one ticket away from a closed account; it then waits like a new one and is handed out.</summary>
public sealed class ReleaseTicket(ITicketStore tickets, AcknowledgementLimits limits, TimeProvider time, ILogger<ReleaseTicket> logger)
{
    private const string Reason = "The account of whoever had it was closed.";

    /// <summary>Changes nothing where somebody else has it by now, or it is DONE.</summary>
    [Function(nameof(ReleaseTicket))]
    public async Task RunAsync([ActivityTrigger] TicketRelease release, [DurableClient] DurableTaskClient durable, CancellationToken cancellationToken)
    {
        TicketChange? made = null;
        await tickets.ChangeAsync(release.TicketId, ticket => made = Make(ticket, release.UserId, time.GetStoreNow()), cancellationToken);
        if (made is not null) await durable.TryStartEffectsAsync(made, logger);
    }

    private TicketChange? Make(Ticket before, Guid userId, DateTimeOffset at)
    {
        if (before.AssignedTo?.Id != userId || before.Status == TicketStatus.Done) return null;
        var writer = new TimelineWriter(before, TimelineActor.System, at);
        writer.AddAssignee(TimelineKind.Changed, before.AssignedTo, null, Reason);
        if (before.Status != TicketStatus.Todo)
            writer.AddChange(TimelineKind.Changed, "status", EnumNames<TicketStatus>.Of(before.Status), EnumNames<TicketStatus>.Of(TicketStatus.Todo));
        writer.Entail(EffectKind.HandOut);
        var released = before with
        {
            AssignedTo = null,
            Assignment = new TicketAssignment(Reason, [], 0),
            Status = TicketStatus.Todo,
            HumanSet = [.. before.HumanSet.Where(field => field != TicketField.AssignedTo)],
        };
        return writer.Change(writer.Await(released, limits), new AssigneeChange(null));
    }
}
