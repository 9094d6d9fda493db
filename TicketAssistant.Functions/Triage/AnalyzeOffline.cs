using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Telemetry;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage.Offline;

namespace TicketAssistant.Functions.Triage;

/// <summary>Analyses a ticket without the model after the model could not, and says so on the ticket.</summary>
public sealed class AnalyzeOffline(
    ITicketStore tickets, TeamDirectory team, AnalysisRecorder recorder, ILogger<AnalyzeOffline> logger)
{
    /// <summary>Saves its result on the ticket; a repeat changes nothing.</summary>
    [Function(nameof(AnalyzeOffline))]
    public async Task<AnalyzeResult> RunAsync([ActivityTrigger] OfflineRequest request, CancellationToken cancellationToken)
    {
        AppTelemetry.Concerns(request.Key.TicketId);
        var ticket = await tickets.FindAsync(request.Key.TicketId, null, cancellationToken);
        if (ticket is null || AnalysisRecorder.IsSettled(ticket, request.Key.Revision)) return AnalyzeTicket.AsSaved(ticket, request.Key);
        var vocabulary = (await team.GetAsync(cancellationToken)).Vocabulary;

        TicketAnalysis found;
        try
        {
            found = OfflineAnalyzer.Analyze(ticket.Title, ticket.Description, vocabulary);
        }
        catch (Exception e) when (e is not (OperationCanceledException or StoreUnavailableException))
        {
            // The last resort must not fail for ever: whatever is wrong with this text, an admin can read it.
            logger.LogError(e, "The offline analyser failed on ticket {TicketId}; it goes to an admin as it is.", ticket.Id);
            await recorder.SaveFailureAsync(request.Key, $"{request.Reason} The offline analyser failed, too: {e.GetType().Name}.", cancellationToken);
            return new AnalyzeResult(AnalyzeOutcome.Saved);
        }

        var waits = await recorder.SaveAsync(
            request.Key, found,
            new TicketTriage { State = TriageState.Fallback, Source = TriageSource.Offline, Reason = $"{request.Reason} Analysed offline instead: {found.Reasoning}" },
            request.ConfirmBelow, cancellationToken);
        return new AnalyzeResult(AnalyzeOutcome.Saved, AwaitsConfirmation: waits);
    }
}
