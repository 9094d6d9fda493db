using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Escalation;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Triage;

/// <summary>Writes an analysis onto its ticket, once per revision.</summary>
public sealed class AnalysisRecorder(ITicketStore tickets, TriageTelemetry telemetry, AcknowledgementLimits limits, TimeProvider time)
{
    /// <summary>True when the ticket already bears an analysis of this revision, or is gone: there is nothing to do.</summary>
    public static bool IsSettled(Ticket? ticket, int revision) =>
        ticket is null || ticket.Triage.Revision > revision || (ticket.Triage.Revision == revision && IsFinal(ticket.Triage.State));

    /// <summary>Stores the analysis and who made it; a repeat, or a later revision, leaves the ticket as it is.</summary>
    /// <param name="key">Which triage.</param>
    /// <param name="analysis">What was found.</param>
    /// <param name="triage">State, source, model, reason and usage; the rest is taken from the analysis.</param>
    /// <param name="confirmBelow">An analysis less sure than this waits for a person, at 1 each; null where none does.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>True where the ticket now waits for a person.</returns>
    public async Task<bool> SaveAsync(
        TriageKey key, TicketAnalysis analysis, TicketTriage triage, double? confirmBelow, CancellationToken cancellationToken)
    {
        var state = confirmBelow is { } limit && (limit >= 1 || analysis.Confidence < limit) ? TriageState.AwaitingConfirmation : triage.State;
        var isNew = false;
        var found = await tickets.ChangeAsync(
            key.TicketId,
            ticket =>
            {
                isNew = !IsSettled(ticket, key.Revision);
                if (isNew) return Tell(ticket, WithAnalysis(ticket, key, analysis, triage with { State = state }));
                state = ticket.Triage.State;
                return null;
            },
            cancellationToken);
        if (isNew && found) telemetry.Analysed(state, triage.Source);
        return state == TriageState.AwaitingConfirmation;
    }

    /// <summary>Marks the ticket as one that no analyser could make sense of; it goes to an admin as it is.</summary>
    public Task SaveFailureAsync(TriageKey key, string reason, CancellationToken cancellationToken) =>
        tickets.ChangeAsync(
            key.TicketId,
            ticket => IsSettled(ticket, key.Revision) ? null : Tell(
                ticket, ticket with { Triage = new TicketTriage { State = TriageState.Failed, Reason = reason, Revision = key.Revision } }),
            cancellationToken);

    /// <summary>Shows that the model is being asked. Where a ticket stands on its way is nothing for its timeline.</summary>
    public Task MarkRunningAsync(TriageKey key, CancellationToken cancellationToken) =>
        tickets.ChangeAsync(
            key.TicketId,
            ticket => ticket.Triage.State == TriageState.Running || IsSettled(ticket, key.Revision) ? null : new TicketChange(ticket with
            {
                Triage = ticket.Triage with { State = TriageState.Running, Revision = key.Revision },
                UpdatedAt = time.GetStoreNow(),
            }),
            cancellationToken);

    /// <summary>Shows that another triage is on its way, unless it has come further meanwhile.</summary>
    public Task MarkPendingAsync(TriageKey key, CancellationToken cancellationToken) =>
        tickets.ChangeAsync(
            key.TicketId,
            ticket => ticket.Triage.Revision >= key.Revision ? null : new TicketChange(ticket with
            {
                Triage = ticket.Triage with { State = TriageState.Pending, Revision = key.Revision },
                UpdatedAt = time.GetStoreNow(),
            }),
            cancellationToken);

    /// <summary>Lets a proposal count that nobody confirmed in time; one that somebody did stays as it is.</summary>
    /// <param name="key">Which triage.</param>
    /// <param name="state">What it counts as: <see cref="TriageState.Succeeded"/> or <see cref="TriageState.Fallback"/>.</param>
    /// <param name="remark">A sentence for the triage's reason and the timeline.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task ReleaseAsync(TriageKey key, TriageState state, string remark, CancellationToken cancellationToken) =>
        tickets.ChangeAsync(
            key.TicketId,
            ticket =>
            {
                if (ticket.Triage.Revision != key.Revision || ticket.Triage.State != TriageState.AwaitingConfirmation) return null;
                var writer = new TimelineWriter(ticket, TimelineActor.System, time.GetStoreNow());
                writer.Add(TimelineKind.Confirmed, remark, isInternal: true);
                return writer.Change(ticket with
                {
                    Triage = ticket.Triage with { State = state, Reason = $"{ticket.Triage.Reason} {remark}" },
                });
            },
            cancellationToken);

    // What a person has decided stays; what the analysis thought of it is kept beside.
    private static Ticket WithAnalysis(Ticket ticket, TriageKey key, TicketAnalysis analysis, TicketTriage triage) => ticket with
    {
        Type = ticket.HumanSet.Contains(TicketField.Type) ? ticket.Type : analysis.Type,
        Priority = ticket.HumanSet.Contains(TicketField.Priority) ? ticket.Priority : analysis.Priority,
        RelatedSkills = ticket.HumanSet.Contains(TicketField.RelatedSkills) ? ticket.RelatedSkills : analysis.RequiredSkills,
        Summary = analysis.Summary,
        HelpfulNotes = analysis.HelpfulNotes,
        Triage = triage with
        {
            Confidence = analysis.Confidence,
            Language = analysis.Language,
            Sentiment = analysis.Sentiment,
            Proposed = new TriageProposal(analysis.Type, analysis.Priority, analysis.RequiredSkills),
            Revision = key.Revision,
        },
    };

    private TicketChange Tell(Ticket before, Ticket after)
    {
        var writer = new TimelineWriter(before, TimelineActor.Of(after.Triage), time.GetStoreNow());
        writer.Add(TimelineKind.Triaged, after.Triage.Reason);
        // A later analysis may find that it is more urgent.
        return writer.Change(writer.Await(after, limits));
    }

    private static bool IsFinal(TriageState state) =>
        state is TriageState.Succeeded or TriageState.Fallback or TriageState.Failed or TriageState.AwaitingConfirmation;
}
