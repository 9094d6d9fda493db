using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using TicketAssistant.Diagnostics;
using TicketAssistant.Functions.Storage;
using TicketAssistant.Functions.Telemetry;
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
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly ITicketStore _tickets;
    private readonly TeamDirectory _team;
    private readonly AnalysisRecorder _recorder;
    private readonly ModelAnalyzer? _model;
    private readonly ModelGate _gate;

    /// <summary>For the container.</summary>
    public AnalyzeTicket(ITicketStore tickets, TeamDirectory team, AnalysisRecorder recorder, IServiceProvider services)
    {
        _tickets = tickets;
        _team = team;
        _recorder = recorder;
        // Absent without a key or an endpoint.
        _model = services.GetService<ModelAnalyzer>();
        _gate = services.GetRequiredService<ModelGate>();
    }

    /// <summary>Saves its result on the ticket and returns what to do next. A repeat asks nobody again.</summary>
    [Function(nameof(AnalyzeTicket))]
    public Task<AnalyzeResult> RunAsync([ActivityTrigger] AnalyzeRequest request, CancellationToken cancellationToken)
    {
        AppTelemetry.Concerns(request.Key.TicketId);
        return _model is null ? AnalyzeByRulesAsync(request, cancellationToken) : AskUnlessBusyAsync(_model, request, cancellationToken);
    }

    internal static AnalyzeResult AsSaved(Ticket? ticket, TriageKey key) => new(
        AnalyzeOutcome.Saved,
        AwaitsConfirmation: ticket?.Triage.State == TriageState.AwaitingConfirmation && ticket.Triage.Revision == key.Revision);

    private async Task<AnalyzeResult> AnalyzeByRulesAsync(AnalyzeRequest request, CancellationToken cancellationToken)
    {
        var ticket = await _tickets.FindAsync(request.Key.TicketId, null, cancellationToken);
        if (ticket is null || AnalysisRecorder.IsSettled(ticket, request.Key.Revision)) return AsSaved(ticket, request.Key);

        var found = OfflineAnalyzer.Analyze(ticket.Title, ticket.Description, (await _team.GetAsync(cancellationToken)).Vocabulary);
        return await SaveAsync(
            request, found, new TicketTriage { State = TriageState.Succeeded, Source = TriageSource.Offline, Reason = found.Reasoning },
            cancellationToken);
    }

    // Before anything is read or written: while the model is away, thousands of tickets come by here.
    private async Task<AnalyzeResult> AskUnlessBusyAsync(ModelAnalyzer model, AnalyzeRequest request, CancellationToken cancellationToken)
    {
        switch (_gate.Enter())
        {
            case ModelEntry.Full full:
                return new AnalyzeResult(AnalyzeOutcome.Busy, full.Reason, full.RetryAfter.TotalSeconds);
            // Somebody wants this one to go to the model: worth waiting while another one tries whether it is back.
            case ModelEntry.Open open when request.Key.Revision > 1 && open.RetryAfter <= Patience:
                return new AnalyzeResult(AnalyzeOutcome.Busy, open.Reason, open.RetryAfter.TotalSeconds);
            case ModelEntry.Open open:
                return new AnalyzeResult(AnalyzeOutcome.Refused, open.Reason);
            case ModelEntry.Admitted admitted:
                using (admitted.Pass) return await AskAsync(model, admitted.Pass, request, cancellationToken);
            default:
                throw new InvalidOperationException("Unknown entry.");
        }
    }

    private async Task<AnalyzeResult> AskAsync(
        ModelAnalyzer model, ModelPass pass, AnalyzeRequest request, CancellationToken cancellationToken)
    {
        var ticket = await _tickets.FindAsync(request.Key.TicketId, null, cancellationToken);
        if (ticket is null || AnalysisRecorder.IsSettled(ticket, request.Key.Revision)) return AsSaved(ticket, request.Key);

        var vocabulary = (await _team.GetAsync(cancellationToken)).Vocabulary;
        await _recorder.MarkRunningAsync(request.Key, cancellationToken);
        var outcome = await model.AnalyzeAsync(
            ticket.Title, ticket.Description, vocabulary.Spellings,
            name => vocabulary.TryFind(name, out var spelling) ? spelling : null,
            TimeSpan.FromSeconds(request.TimeoutSeconds), cancellationToken);
        pass.Report(outcome);
        Checkpoints.Reached("model.answered");

        return outcome switch
        {
            ModelOutcome.Succeeded done => await SaveAsync(
                request, done.Analysis,
                new TicketTriage
                {
                    State = TriageState.Succeeded,
                    Source = TriageSource.Gemini,
                    Model = done.Model,
                    Reason = done.Analysis.Reasoning,
                    Usage = new ModelUsage(done.InputTokens, done.OutputTokens, (long)done.Latency.TotalMilliseconds, TriagePrompt.Version),
                },
                cancellationToken),
            ModelOutcome.Retry later => new AnalyzeResult(AnalyzeOutcome.Retry, later.Reason, later.RetryAfter?.TotalSeconds),
            ModelOutcome.Refused refused => new AnalyzeResult(AnalyzeOutcome.Refused, refused.Reason),
            ModelOutcome.Misconfigured wrong => new AnalyzeResult(AnalyzeOutcome.Refused, wrong.Reason),
            _ => throw new InvalidOperationException($"Unknown outcome {outcome.GetType().Name}."),
        };
    }

    private async Task<AnalyzeResult> SaveAsync(AnalyzeRequest request, TicketAnalysis found, TicketTriage triage, CancellationToken cancellationToken) =>
        new(AnalyzeOutcome.Saved, AwaitsConfirmation: await _recorder.SaveAsync(request.Key, found, triage, request.ConfirmBelow, cancellationToken));
}
