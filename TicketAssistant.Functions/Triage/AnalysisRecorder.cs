using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Tickets.Timeline;

namespace TicketAssistant.Functions.Triage;

/// <summary>Writes an analysis onto its ticket, once per revision.</summary>
public sealed class AnalysisRecorder(ITicketStore tickets, TimeProvider time)
{
    /// <summary>True when the ticket already bears an analysis of this revision, or is gone: there is nothing to do.</summary>
    public static bool IsSettled(Ticket? ticket, int revision) =>
        ticket is null || ticket.Triage.Revision > revision || (ticket.Triage.Revision == revision && IsFinal(ticket.Triage.State));

    /// <summary>Stores the analysis and who made it; a repeat, or a later revision, leaves the ticket as it is.</summary>
    /// <param name="key">Which triage.</param>
    /// <param name="analysis">What was found.</param>
    /// <param name="triage">State, source, model and reason; the rest is taken from the analysis.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task SaveAsync(TriageKey key, TicketAnalysis analysis, TicketTriage triage, CancellationToken cancellationToken) =>
        tickets.ChangeAsync(
            key.TicketId,
            ticket => IsSettled(ticket, key.Revision) ? null : Tell(
                ticket,
                ticket with
                {
                    // What a person has decided stays; what the analysis thought of it is kept beside.
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
                }),
            cancellationToken);

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

    private TicketChange Tell(Ticket before, Ticket after)
    {
        var writer = new TimelineWriter(before, TimelineActor.Of(after.Triage), time.GetStoreNow());
        writer.Add(TimelineKind.Triaged, after.Triage.Reason);
        return writer.Change(after);
    }

    private static bool IsFinal(TriageState state) =>
        state is TriageState.Succeeded or TriageState.Fallback or TriageState.Failed or TriageState.AwaitingConfirmation;
}
