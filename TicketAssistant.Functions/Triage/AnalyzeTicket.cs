using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using TicketAssistant.Diagnostics;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Tickets;
using TicketAssistant.Functions.Triage.Model;
using TicketAssistant.Functions.Triage.Offline;

namespace TicketAssistant.Functions.Triage;

/// <summary>
/// Has a ticket analysed by the configured analyser, once: the model where there is one, else the offline analyser. Waits
/// for nothing; when to try again is the orchestrator's business.
/// </summary>
public sealed class AnalyzeTicket
{
    private readonly ITicketStore _tickets;
    private readonly TeamDirectory _team;
    private readonly AnalysisRecorder _recorder;
    private readonly ModelAnalyzer? _model;

    /// <summary>For the container.</summary>
    public AnalyzeTicket(ITicketStore tickets, TeamDirectory team, AnalysisRecorder recorder, IServiceProvider services)
    {
        _tickets = tickets;
        _team = team;
        _recorder = recorder;
        // Absent without a key or an endpoint.
        _model = services.GetService<ModelAnalyzer>();
    }

    /// <summary>Saves its result on the ticket and returns what to do next. A repeat asks nobody again.</summary>
    [Function(nameof(AnalyzeTicket))]
    public async Task<AnalyzeResult> RunAsync([ActivityTrigger] AnalyzeRequest request, CancellationToken cancellationToken)
    {
        var ticket = await _tickets.FindAsync(request.Key.TicketId, null, cancellationToken);
        if (ticket is null || AnalysisRecorder.IsSettled(ticket, request.Key.Revision)) return new AnalyzeResult(AnalyzeOutcome.Saved);

        var team = await _team.GetAsync(cancellationToken);
        if (_model is null)
        {
            var found = OfflineAnalyzer.Analyze(ticket.Title, ticket.Description, team.Vocabulary);
            await _recorder.SaveAsync(
                request.Key, found, new TicketTriage { State = TriageState.Succeeded, Source = TriageSource.Offline, Reason = found.Reasoning },
                cancellationToken);
            return new AnalyzeResult(AnalyzeOutcome.Saved);
        }

        await _recorder.MarkRunningAsync(request.Key, cancellationToken);
        var outcome = await _model.AnalyzeAsync(
            ticket.Title, ticket.Description, team.Vocabulary.Spellings,
            name => team.Vocabulary.TryFind(name, out var spelling) ? spelling : null,
            TimeSpan.FromSeconds(request.TimeoutSeconds), cancellationToken);
        Checkpoints.Reached("model.answered");

        switch (outcome)
        {
            case ModelOutcome.Succeeded done:
                await _recorder.SaveAsync(
                    request.Key, done.Analysis,
                    new TicketTriage { State = TriageState.Succeeded, Source = TriageSource.Gemini, Model = done.Model, Reason = done.Analysis.Reasoning },
                    cancellationToken);
                return new AnalyzeResult(AnalyzeOutcome.Saved);
            case ModelOutcome.Retry later:
                return new AnalyzeResult(AnalyzeOutcome.Retry, later.Reason, later.RetryAfter?.TotalSeconds);
            case ModelOutcome.Refused refused:
                return new AnalyzeResult(AnalyzeOutcome.Refused, refused.Reason);
            case ModelOutcome.Misconfigured wrong:
                return new AnalyzeResult(AnalyzeOutcome.Refused, wrong.Reason);
            default:
                throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}.");
        }
    }
}
